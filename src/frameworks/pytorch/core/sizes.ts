import type { Size, TensorShape } from "../../../interpret/tensor.js";

/** A position counted from the end where it is negative; undefined where there is no such axis. */
export function axisOf(dim: number | undefined, rank: number): number | undefined {
  if (dim === undefined || dim < -rank || dim >= rank) return undefined;
  return dim < 0 ? dim + rank : dim;
}

/** The same shape with one size exchanged. */
export function withSize(shape: TensorShape, axis: number, size: Size): TensorShape {
  return shape.map((old, i) => (i === axis ? size : old));
}

/** As PyTorch prints sizes: "[1, 512, 7, 7]"; unknown ones as "?". */
export function printed(shape: readonly Size[]): string {
  return `[${shape.map((size) => size ?? "?").join(", ")}]`;
}

/** As PyTorch prints sizes in its messages about matrices and windows: "1x400". */
export function crossed(shape: readonly Size[], by = "x"): string {
  return shape.map((size) => size ?? "?").join(by);
}
