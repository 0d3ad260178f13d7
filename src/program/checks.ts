import { describeShape, imageAxes, lastAxis, sameShape, windowedSize } from "./shapes.js";
import type { Dimension, Value, Window } from "./types.js";

/** What does not fit is a bug of the caller: layers were inferred before they are lowered. */
export function check(holds: boolean, operation: string, why: string, ...values: readonly Value[]): void {
  if (holds) return;
  throw new Error(`${operation}: ${why}, got ${values.map((v) => `${v.dtype} ${describeShape(v.shape)}`).join(" and ")}.`);
}

/** Most operations take float32 alone. */
export const checkFloat = (operation: string, ...values: readonly Value[]): void =>
  check(
    values.every((value) => value.dtype === "float32"),
    operation,
    "inputs must be float32",
    ...values,
  );

/** The shape pooling yields; no window may lie in the padding alone. */
export function pooledShape(operation: string, x: Value, window: Window): readonly Dimension[] {
  checkFloat(operation, x);
  const [n, height, width, channels] = imageAxes(x.shape);
  const [top, bottom, left, right] = window.padding;
  const size = windowedSize([height, width], { ...window, dilation: [1, 1] });
  check(Math.min(...size) >= 1, operation, `a window of ${window.size.join("x")} must fit the padded image`, x);
  const real = Math.max(top, bottom) < window.size[0] && Math.max(left, right) < window.size[1];
  check(real, operation, `padding ${window.padding.join(",")} must be smaller than the window ${window.size.join("x")}`, x);
  return [n, ...size, channels];
}

/** The number of channels; parameters must have one number for each. */
export function checkPerChannel(operation: string, x: Value, ...parameters: readonly Value[]): number {
  checkFloat(operation, x, ...parameters);
  const channels = lastAxis(x.shape);
  const fit = parameters.every((parameter) => sameShape(parameter.shape, [channels]));
  check(fit, operation, "parameters must have one number a channel", x, ...parameters);
  return channels;
}

/** Scores [n, classes] go with labels [n]. */
export function checkScores(operation: string, scores: Value, labels: Value): void {
  check(scores.dtype === "float32" && labels.dtype === "int32", operation, "scores must be float32, labels int32", scores, labels);
  const fit = scores.shape.length === 2 && sameShape(labels.shape, scores.shape.slice(0, 1));
  check(fit, operation, "scores must be [n, classes] and labels [n]", scores, labels);
}
