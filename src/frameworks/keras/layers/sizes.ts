import { sizesText } from "../../../base/words.js";
import type { TensorShape } from "../../../interpret/tensor.js";

/** A whole shape for people: without the batch, which fits anything. */
export function shapeText(shape: TensorShape): string {
  return sizesText(shape.slice(1));
}
