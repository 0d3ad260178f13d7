import { windowedSize } from "../../program/shapes.js";
import type { Convolution } from "../../program/types.js";
import { addAt, at, type Kernels, zeros } from "./tensor.js";

type Four = readonly [number, number, number, number];

/**
 * Visits every product of a convolution: y[output] += x[input] * kernel[weight]. Forward pass and both gradients are sums over
 * the same products.
 */
function forEachProduct(
  x: readonly number[],
  kernel: readonly number[],
  { strides, dilation, padding, groups }: Convolution,
  visit: (output: number, input: number, weight: number) => void,
): void {
  const [examples, height, width, channels] = x as Four;
  const [kernelHeight, kernelWidth, groupChannels, filters] = kernel as Four;
  const [rows, columns] = windowedSize([height, width], { size: [kernelHeight, kernelWidth], strides, dilation, padding });
  const groupFilters = filters / groups;
  for (let n = 0; n < examples; n++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        for (let i = 0; i < kernelHeight; i++) {
          const y = row * strides[0] + i * dilation[0] - padding[0];
          if (y < 0 || y >= height) continue;
          for (let j = 0; j < kernelWidth; j++) {
            const z = column * strides[1] + j * dilation[1] - padding[2];
            if (z < 0 || z >= width) continue;
            for (let filter = 0; filter < filters; filter++) {
              const output = ((n * rows + row) * columns + column) * filters + filter;
              const firstChannel = Math.floor(filter / groupFilters) * groupChannels;
              for (let channel = 0; channel < groupChannels; channel++)
                visit(
                  output,
                  ((n * height + y) * width + z) * channels + firstChannel + channel,
                  ((i * kernelWidth + j) * groupChannels + channel) * filters + filter,
                );
            }
          }
        }
}

export const convolution: Kernels<"conv2d" | "conv2dInputGradient" | "conv2dKernelGradient"> = {
  conv2d: (operation, x, kernel) => {
    const [examples, height, width] = x.shape as Four;
    const [kernelHeight, kernelWidth, , filters] = kernel.shape as Four;
    const result = zeros([examples, ...windowedSize([height, width], { ...operation, size: [kernelHeight, kernelWidth] }), filters]);
    forEachProduct(x.shape, kernel.shape, operation, (output, input, weight) => {
      addAt(result.data, output, at(x.data, input) * at(kernel.data, weight));
    });
    return result;
  },
  conv2dInputGradient: (operation, kernel, dy, x) => {
    const result = zeros(x.shape);
    forEachProduct(x.shape, kernel.shape, operation, (output, input, weight) => {
      addAt(result.data, input, at(dy.data, output) * at(kernel.data, weight));
    });
    return result;
  },
  conv2dKernelGradient: (operation, x, dy) => {
    const result = zeros(operation.kernelShape);
    forEachProduct(x.shape, operation.kernelShape, operation, (output, input, weight) => {
      addAt(result.data, weight, at(x.data, input) * at(dy.data, output));
    });
    return result;
  },
};
