import type { Size, TensorShape } from "../../../interpret/tensor.js";

/** "28x28x6", "?x28": sizes for people, without the batch. */
export function sizesText(sizes: readonly Size[]): string {
  return sizes.length === 0 ? "a single number" : sizes.map((size) => size ?? "?").join("x");
}

/** A whole shape for people: without the batch, which fits anything. */
export function shapeText(shape: TensorShape): string {
  return sizesText(shape.slice(1));
}
