import { sizesText } from "../../base/words.js";
import type { Size, TensorShape } from "../../interpret/tensor.js";
import type { LayerFix, LayerProblem } from "../../layers/kind.js";

/** (3, 3), or 3 of one axis, as Julia writes tuples. */
export function tupleText(sizes: readonly Size[]): string {
  return sizes.length === 1 ? `(${sizes[0] ?? "?"},)` : `(${sizes.map((size) => size ?? "?").join(", ")})`;
}

/** What a fix changes; its title is the remedy. */
type Change = { readonly set: Readonly<Record<string, unknown>> } | Omit<Extract<LayerFix, { insertBefore: unknown }>, "title">;

/** What Flux says of an input that does not fit: `layer` as Flux shows it, axes from 1. `change` is the edit that the remedy means. */
export function expectsSize(layer: string, axis: number, size: number, input: TensorShape, remedy: string, change?: Change): LayerProblem {
  const message = `DimensionMismatch: layer ${layer} expects size(input, ${axis}) == ${size}, but got ${sizesText(input)}; ${remedy}`;
  const title = `${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}`;
  return { code: "DimensionMismatch", message, fixes: change ? [{ title, ...change }] : [] };
}

export function expectsRank(layer: string, rank: number, input: TensorShape, remedy: string): LayerProblem {
  const message = `DimensionMismatch: layer ${layer} expects ndims(input) == ${rank}, but got ${sizesText(input)}; ${remedy}`;
  return { code: "DimensionMismatch", message, fixes: [] };
}
