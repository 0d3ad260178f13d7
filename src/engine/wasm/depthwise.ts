import { imageAxes } from "../../program/shapes.js";

/** One channel in, one channel out, each by itself: there are kernels of their own for that. */
export function isDepthwise(kernelShape: readonly number[], groups: number): boolean {
  const [, , groupChannels, filters] = imageAxes(kernelShape);
  return groups > 1 && groupChannels === 1 && filters === groups;
}
