import { sizesText } from "../base/words.js";
import type { Layout } from "../frameworks/framework.js";
import { product } from "../interpret/sizes.js";
import type { TensorShape } from "../interpret/tensor.js";

/** A shape without its batch: "64x32x32" in PyTorch's order, "?" for what is not known. */
export function shapeText(whole: TensorShape, layout: Layout): string {
  return sizesText(withoutBatch(whole, layout), "scalar");
}

export function withoutBatch(whole: TensorShape, layout: Layout): TensorShape {
  return layout === "WHCN" ? whole.slice(0, -1) : whole.slice(1);
}

/**
 * Height, width and channels, or units, as networks of our own have them, without the batch; undefined where a size is unknown. Flux' WHC
 * is turned too.
 */
export function channelsLast(whole: TensorShape, layout: Layout): number[] | undefined {
  const sizes = layout === "WHCN" ? [...whole].reverse().slice(1) : whole.slice(1);
  if (!sizes.every((size) => size !== undefined)) return undefined;
  // Reversed, WHC is CHW as PyTorch's.
  const [channels = 0, height = 0, width = 0] = sizes;
  return layout !== "NHWC" && sizes.length === 3 ? [height, width, channels] : sizes;
}

/** How many numbers a value has for one example; undefined where a size is unknown. */
export function countOf(whole: TensorShape, layout: Layout): number | undefined {
  return product(withoutBatch(whole, layout));
}
