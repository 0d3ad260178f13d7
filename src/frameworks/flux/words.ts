import type { Size, TensorShape } from "../../interpret/tensor.js";
import type { LayerProblem } from "../../layers/kind.js";

/** "28x28x6", batch included, as Flux writes sizes. */
export function sizesText(sizes: TensorShape): string {
  return sizes.map((size) => size ?? "?").join("x");
}

/** (3, 3), or 3 of one axis, as Julia writes tuples. */
export function tupleText(sizes: readonly Size[]): string {
  return sizes.length === 1 ? `(${sizes[0] ?? "?"},)` : `(${sizes.map((size) => size ?? "?").join(", ")})`;
}

/** What Flux says of an input that does not fit: `layer` as Flux shows it, axes from 1. */
export function expectsSize(
  layer: string,
  axis: number,
  size: number,
  input: TensorShape,
  remedy: string,
  fixes: LayerProblem["fixes"] = [],
): LayerProblem {
  const message = `DimensionMismatch: layer ${layer} expects size(input, ${axis}) == ${size}, but got ${sizesText(input)}; ${remedy}`;
  return { code: "DimensionMismatch", message, fixes };
}

/** A fix that sets one argument: "Use 256 => 10". */
export function setting(argument: string, value: number, title: string): LayerProblem["fixes"][number] {
  return { title, set: { [argument]: value } };
}

export function expectsRank(layer: string, rank: number, input: TensorShape, remedy: string): LayerProblem {
  const message = `DimensionMismatch: layer ${layer} expects ndims(input) == ${rank}, but got ${sizesText(input)}; ${remedy}`;
  return { code: "DimensionMismatch", message, fixes: [] };
}
