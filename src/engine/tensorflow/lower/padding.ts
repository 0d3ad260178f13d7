import type { Padding, Pair } from "../../../program/types.js";
import { FLOAT, type Graph, type Output } from "../graph.js";
import type { Attribute } from "../savedModel.js";
import { DT } from "../savedModel.js";

/** A window over images of a size. */
export interface WindowOver {
  readonly image: Pair;
  readonly size: Pair;
  readonly strides: Pair;
  readonly dilation: Pair;
  readonly padding: Padding;
}

export const isZero = (padding: Padding): boolean => padding.every((amount) => amount === 0);

/** What TensorFlow's SAME pads along an axis: as many positions as strides fit, the odd pixel at the end. */
function samePadding({ image, size, strides, dilation }: WindowOver, axis: 0 | 1): readonly [number, number] {
  const covered = (size[axis] - 1) * dilation[axis] + 1;
  const positions = Math.ceil(image[axis] / strides[axis]);
  const total = Math.max(0, (positions - 1) * strides[axis] + covered - image[axis]);
  return [total >> 1, total - (total >> 1)];
}

/** TensorFlow's name of a padding, where it has one. */
export function namedPadding(window: WindowOver): "VALID" | "SAME" | undefined {
  if (isZero(window.padding)) return "VALID";
  const same = [...samePadding(window, 0), ...samePadding(window, 1)];
  return window.padding.every((amount, side) => amount === same[side]) ? "SAME" : undefined;
}

/** The padding attributes of convolutions, which may pad by any amounts. */
export function convolutionPadding(window: WindowOver): Readonly<Record<string, Attribute>> {
  const named = namedPadding(window);
  if (named) return { padding: { text: named } };
  return { padding: { text: "EXPLICIT" }, explicit_paddings: { ints: [0, 0, ...window.padding, 0, 0] } };
}

/** Puts `value` around height and width of images. */
export function pad(graph: Graph, x: Output, [top, bottom, left, right]: Padding, value: number): Output {
  const amounts = graph.ints([0, 0, top, bottom, left, right, 0, 0], [4, 2]);
  return graph.add("PadV2", [x, amounts, graph.floats([value])], { ...FLOAT, Tpaddings: { type: DT.int32 } });
}

/** Takes off what `pad` put around images that had this size before. */
export function crop(graph: Graph, x: Output, [top, , left]: Padding, [height, width]: Pair): Output {
  const inputs = [x, graph.ints([0, top, left, 0]), graph.ints([-1, height, width, -1])];
  return graph.add("Slice", inputs, { ...FLOAT, Index: { type: DT.int32 } });
}
