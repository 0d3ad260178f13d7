import type { Pair } from "../../program/types.js";
import type { TfjsWeight } from "./types.js";

/** A kernel of grouped convolution [h, w, channels / groups, filters] as one over all channels, with zeros between groups. */
export function joinGroups(kernel: TfjsWeight, groups: number): TfjsWeight {
  const [height = 0, width = 0, perGroup = 0, filters = 0] = kernel.shape;
  if (groups === 1) return kernel;
  const channels = perGroup * groups;
  const data = new Float32Array(height * width * channels * filters);
  for (let place = 0; place < height * width; place++) {
    for (let channel = 0; channel < perGroup; channel++) {
      for (let filter = 0; filter < filters; filter++) {
        const group = Math.floor(filter / (filters / groups));
        const value = kernel.data[(place * perGroup + channel) * filters + filter] ?? 0;
        data[(place * channels + group * perGroup + channel) * filters + filter] = value;
      }
    }
  }
  return { ...kernel, shape: [height, width, channels, filters], data };
}

/** A dilated kernel as a larger one with zeros in its gaps. */
export function inflate(kernel: TfjsWeight, [dilationY, dilationX]: Pair): TfjsWeight {
  const [height = 0, width = 0, channels = 0, filters = 0] = kernel.shape;
  const inflatedHeight = (height - 1) * dilationY + 1;
  const inflatedWidth = (width - 1) * dilationX + 1;
  const size = channels * filters;
  const data = new Float32Array(inflatedHeight * inflatedWidth * size);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * size;
      data.set(kernel.data.subarray(from, from + size), (y * dilationY * inflatedWidth + x * dilationX) * size);
    }
  }
  return { ...kernel, shape: [inflatedHeight, inflatedWidth, channels, filters], data };
}
