import type { Size } from "../../interpret/tensor.js";

/** The result of arithmetic on sizes: unknown as soon as one of them is. */
export function withSizes(sizes: readonly Size[], compute: (...known: number[]) => number): Size {
  const known = sizes.filter((size) => size !== undefined);
  return known.length === sizes.length ? compute(...known) : undefined;
}

export function product(sizes: readonly Size[]): Size {
  return withSizes(sizes, (...known) => known.reduce((total, size) => total * size, 1));
}
