import { sizesText } from "../../../base/words.js";
import { withSizes } from "../../../interpret/sizes.js";
import type { Size } from "../../../interpret/tensor.js";
import type { Formula, Reach } from "../../../layers/kind.js";
import type { Padding } from "../../../program/types.js";
import type { LayerArguments } from "./arguments.js";
import { asPair, type Image } from "./image.js";
import { Misfit } from "./layer.js";

/** A window that slides over an image, one number for each spatial axis. */
export interface Window {
  readonly size: readonly Size[];
  readonly strides: readonly Size[];
  readonly dilation: readonly Size[];
  /** "causal" pads before the first step only; undefined where unknown. */
  readonly padding: "valid" | "same" | "causal" | undefined;
  /** What its size is called, for problems: "kernel_size". */
  readonly sizeName: string;
}

export function windowPadding(args: LayerArguments): Window["padding"] {
  const padding = args.word("padding");
  if (padding === undefined || padding === "valid" || padding === "same" || padding === "causal") return padding;
  throw new Misfit({
    code: "wrong-argument",
    argument: "padding",
    message: `padding "${padding}" is not one of "valid" and "same"`,
    fixes: [{ title: 'Set padding "same"', set: { padding: "same" } }],
  });
}

interface Placed {
  readonly output: Size;
  readonly before: Size;
  readonly after: Size;
}

function placeAxis(window: Window, axis: number, input: Size): Placed {
  const { padding } = window;
  const sizes = [input, window.size[axis], window.strides[axis] ?? undefined, window.dilation[axis]] as const;
  const at = (compute: (input: number, span: number, stride: number) => number): Size =>
    withSizes(sizes, (length, size, stride, dilation) => compute(length, (size - 1) * dilation + 1, stride));
  if (padding === undefined) return { output: undefined, before: undefined, after: undefined };
  if (padding === "valid") return { output: at((length, span, stride) => Math.floor((length - span) / stride) + 1), before: 0, after: 0 };
  const output = withSizes([input, window.strides[axis]], (length, stride) => Math.ceil(length / stride));
  if (padding === "causal") return { output, before: at((_, span) => span - 1), after: 0 };
  const added = at((length, span, stride) => Math.max(0, (Math.ceil(length / stride) - 1) * stride + span - length));
  const before = withSizes([added], (rows) => Math.floor(rows / 2));
  return { output, before, after: withSizes([added, before], (rows, first) => rows - first) };
}

/** A window laid over an image. */
export interface PlacedWindow {
  readonly output: readonly Size[];
  readonly reach: Reach;
  formulas(): Formula[];
}

/** Sizes of what a window makes of an image. A Misfit where it does not fit into it. */
export function slide(image: Image, window: Window): PlacedWindow {
  const axes = image.spatial.map((size, axis) => placeAxis(window, axis, size));
  const output = axes.map((axis) => axis.output);
  if (output.some((size) => size !== undefined && size < 1)) throw tooLarge(image, window);
  return { output, reach: reachOf(window, axes), formulas: () => formulasOf(image, window, axes) };
}

function tooLarge(image: Image, { size, sizeName, dilation }: Window): Misfit {
  const dilated = dilation.every((rate) => rate === 1) ? "" : ` with dilation_rate ${sizesText(dilation)}`;
  const message = `${sizeName} ${sizesText(size)}${dilated} does not fit into ${sizesText(image.spatial)}; use padding "same", or pool less before it`;
  return new Misfit({
    code: "window-too-large",
    argument: sizeName,
    message,
    fixes: [{ title: 'Set padding "same"', set: { padding: "same" } }],
  });
}

function reachOf(window: Window, axes: readonly Placed[]): Reach {
  const kernel = asPair(window.size);
  const strides = asPair(window.strides);
  const dilation = asPair(window.dilation);
  const [rows, columns = { before: 0, after: 0 }] = axes.slice(-2);
  const padding = [rows?.before ?? 0, rows?.after ?? 0, columns.before ?? 0, columns.after ?? 0] satisfies Padding;
  return kernel && strides && dilation ? { kernel, strides, dilation, padding } : "pointwise";
}

const LABELS = [[], ["steps"], ["height", "width"], ["depth", "height", "width"]];

function formulasOf(image: Image, window: Window, axes: readonly Placed[]): Formula[] {
  const formulas = axes.map(({ output, before, after }, axis): Formula => {
    const around = before === after ? `2*${before ?? "?"}` : `${before ?? "?"} + ${after ?? "?"}`;
    const size = window.size[axis] ?? "?";
    const rate = window.dilation[axis];
    const span = rate === 1 ? size : `${rate ?? "?"}*(${size} - 1) - 1`;
    const expression = `floor((${image.spatial[axis] ?? "?"} + ${around} - ${span})/${window.strides[axis] ?? "?"}) + 1`;
    return { label: LABELS[axes.length]?.[axis] ?? "size", expression, value: String(output ?? "?") };
  });
  const [first] = formulas;
  if (first === undefined || formulas.some(({ expression }) => expression !== first.expression)) return formulas;
  return [{ ...first, label: formulas.map(({ label }) => label).join(", ") }];
}
