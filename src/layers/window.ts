import type { Padding, Pair } from "../program/types.js";
import type { ImageShape } from "./image.js";
import type { Formula, LayerProblem } from "./kind.js";
import { compactPair, paddingText, pairText, shapeText } from "./words.js";

/** A window as a layer's arguments say it, [height, width] each. */
export interface WindowArguments {
  readonly size: Pair;
  readonly strides: Pair;
  readonly dilation: Pair;
  readonly padding: "same" | "valid" | Padding;
  /** A last window may reach beyond the end, if it starts before it, as in PyTorch; rows and columns are left unread otherwise. */
  readonly ceil?: boolean;
}

/** A window laid over an image: sizes of the result (below 1 where it does not fit) and the padding in numbers, with what a last window reaches beyond the end. */
export interface PlacedWindow {
  readonly output: Pair;
  readonly padding: Padding;
}

/** Entries from a window's first to its last, gaps of dilation included. */
export function span(size: number, dilation: number): number {
  return (size - 1) * dilation + 1;
}

/**
 * Lays a window over an image. Padding "same" is TensorFlow's: the result has ceil(size / strides) rows, and of an odd number of added
 * rows (columns) the larger half is below (right).
 */
export function placeWindow(image: ImageShape, window: WindowArguments): PlacedWindow {
  const vertical = placeAxis(image, window, 0);
  const horizontal = placeAxis(image, window, 1);
  return {
    output: [vertical.output, horizontal.output],
    padding: [vertical.before, vertical.after, horizontal.before, horizontal.after],
  };
}

function placeAxis(image: ImageShape, window: WindowArguments, axis: 0 | 1): { output: number; before: number; after: number } {
  const { padding } = window;
  const input = image[axis];
  const stride = window.strides[axis];
  const reach = span(window.size[axis], window.dilation[axis]);
  if (padding === "same") {
    const output = Math.ceil(input / stride);
    const added = Math.max(0, (output - 1) * stride + reach - input);
    const before = Math.floor(added / 2);
    return { output, before, after: added - before };
  }
  const [top, bottom, left, right] = padding === "valid" ? NO_PADDING : padding;
  const [before, after] = axis === 0 ? [top, bottom] : [left, right];
  const last = (input + before + after - reach) / stride;
  if (!window.ceil) return { output: Math.floor(last) + 1, before, after };
  const starts = Math.ceil(last) * stride < input + before;
  const output = Math.ceil(last) + (starts ? 1 : 0);
  return { output, before, after: Math.max(after, (output - 1) * stride + reach - input - before) };
}

const NO_PADDING: Padding = [0, 0, 0, 0];

/** The arithmetic of the output sizes: "floor((28 + 2*2 - 5)/1) + 1", one line where height and width agree. */
export function windowFormulas(image: ImageShape, window: WindowArguments, placed: PlacedWindow): Formula[] {
  const [top, bottom, left, right] = placed.padding;
  const formula = (axis: 0 | 1, before: number, after: number) => {
    const size = window.size[axis];
    const dilation = window.dilation[axis];
    const around = before === after ? `2*${before}` : `${before} + ${after}`;
    const reach = dilation === 1 ? `${size}` : `${dilation}*(${size} - 1) - 1`;
    return { expression: `floor((${image[axis]} + ${around} - ${reach})/${window.strides[axis]}) + 1`, value: String(placed.output[axis]) };
  };
  const height = { label: "height", ...formula(0, top, bottom) };
  const width = { label: "width", ...formula(1, left, right) };
  return height.expression === width.expression ? [{ ...height, label: "height, width" }] : [height, width];
}

/** What to say where a window does not fit its image; `argument` is its size's name. */
export function windowProblem(
  argument: "kernelSize" | "poolSize",
  image: ImageShape,
  window: WindowArguments,
  placed: PlacedWindow,
): LayerProblem | undefined {
  if (placed.output[0] >= 1 && placed.output[1] >= 1) return undefined;
  const [top, bottom, left, right] = placed.padding;
  const largest = (axis: 0 | 1, around: number) =>
    Math.min(window.size[axis], Math.floor((image[axis] + around - 1) / window.dilation[axis]) + 1);
  const fit: Pair = [largest(0, top + bottom), largest(1, left + right)];
  const reach: Pair = [span(window.size[0], window.dilation[0]), span(window.size[1], window.dilation[1])];
  const dilated =
    pairText(reach) === pairText(window.size) ? "" : ` with dilationRate ${pairText(window.dilation)} spans ${pairText(reach)} and`;
  const what = `${argument} ${pairText(window.size)}${dilated} does not fit a ${shapeText(image.slice(0, 2))} input`;
  return {
    code: "window-too-large",
    argument,
    message: `${what} with padding ${paddingText(window.padding)}; use padding same or a ${argument === "kernelSize" ? "kernel" : "pool"} up to ${pairText(fit)}`,
    fixes: [
      { title: "Use padding same", set: { padding: "same" } },
      { title: `Set ${argument} ${pairText(fit)}`, set: { [argument]: compactPair(fit) } },
    ],
  };
}
