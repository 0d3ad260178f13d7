import type { Padding, Pair } from "../program/types.js";
import type { ImageShape } from "./image.js";
import type { Formula } from "./kind.js";
import { span, type WindowArguments } from "./window.js";

/** A transposed convolution's window: `padding` is taken off its full result. */
export interface TransposedWindow extends WindowArguments {
  readonly outputPadding: Pair | undefined;
}

/** A transposed convolution as the way back of a convolution. */
export interface PlacedTransposed {
  /** Sizes of the result; below 1 where nothing is left of it. */
  readonly output: Pair;
  /** The padding of the convolution that leads from the result, without what is added, to the image. */
  readonly padding: Padding;
  /** Rows and columns of zeros below and right of what that convolution reads. */
  readonly added: Pair;
}

/**
 * The full result has (image - 1)*strides + span rows. Numbers as padding are taken off it, as in PyTorch, and outputPadding puts rows
 * back at the end. The rules are Keras': valid has at least image*strides rows, same has just as many; with an outputPadding,
 * valid has that many rows more than the full result, and same takes span/2, rounded down, off both sides first.
 */
export function placeTransposed(image: ImageShape, window: TransposedWindow): PlacedTransposed {
  const [rows, columns] = [placeAxis(image, window, 0), placeAxis(image, window, 1)];
  return {
    output: [rows.output, columns.output],
    padding: [rows.before, Math.max(0, rows.after), columns.before, Math.max(0, columns.after)],
    added: [Math.max(0, -rows.after), Math.max(0, -columns.after)],
  };
}

function placeAxis(image: ImageShape, window: TransposedWindow, axis: 0 | 1): { output: number; before: number; after: number } {
  const full = fullSize(image, window, axis);
  const { before, output } = cut(image, window, axis, full);
  return { output, before, after: full - before - output };
}

function fullSize(image: ImageShape, { size, strides, dilation }: WindowArguments, axis: 0 | 1): number {
  return (image[axis] - 1) * strides[axis] + span(size[axis], dilation[axis]);
}

function cut(image: ImageShape, window: TransposedWindow, axis: 0 | 1, full: number): { before: number; output: number } {
  const { padding, strides, size, dilation } = window;
  const added = window.outputPadding?.[axis];
  const reach = span(size[axis], dilation[axis]);
  if (padding === "valid") return { before: 0, output: full + (added ?? Math.max(0, strides[axis] - reach)) };
  if (padding === "same") {
    const output = added === undefined ? image[axis] * strides[axis] : full - 2 * Math.floor(reach / 2) + added;
    return { before: Math.floor(Math.max(0, full - output) / 2), output };
  }
  const [before, after] = axis === 0 ? [padding[0], padding[1]] : [padding[2], padding[3]];
  return { before, output: full - before - after + (added ?? 0) };
}

/** The arithmetic of the output sizes: "(14 - 1)*2 + 3 - 1 - 0", one line where height and width agree. */
export function transposedFormulas(image: ImageShape, window: TransposedWindow, placed: PlacedTransposed): Formula[] {
  const { padding, added } = placed;
  const formula = (label: string, axis: 0 | 1, before: number, after: number): Formula => {
    const taken = [before, after].filter((count) => count > 0).map((count) => ` - ${count}`);
    const given = added[axis] > 0 ? ` + ${added[axis]}` : "";
    const reach = span(window.size[axis], window.dilation[axis]);
    const expression = `(${image[axis]} - 1)*${window.strides[axis]} + ${reach}${taken.join("")}${given}`;
    return { label, expression, value: String(placed.output[axis]) };
  };
  const height = formula("height", 0, padding[0], padding[1]);
  const width = formula("width", 1, padding[2], padding[3]);
  return height.expression === width.expression ? [{ ...height, label: "height, width" }] : [height, width];
}
