import { windowedSize } from "../../program/shapes.js";
import type { Window } from "../../program/types.js";
import { addAt, at, type Kernels, type Tensor, zeros } from "./tensor.js";

type Four = readonly [number, number, number, number];

function pooledShape(x: Tensor, window: Window): number[] {
  const [examples, height, width, channels] = x.shape as Four;
  return [examples, ...windowedSize([height, width], { ...window, dilation: [1, 1] }), channels];
}

/** Visits every window with the indexes of the real entries under it, in row-major order. */
function forEachWindow(x: Tensor, { size, strides, padding }: Window, visit: (output: number, inputs: readonly number[]) => void): void {
  const [examples, height, width, channels] = x.shape as Four;
  const [, rows, columns] = pooledShape(x, { size, strides, padding }) as unknown as Four;
  for (let n = 0; n < examples; n++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        for (let channel = 0; channel < channels; channel++) {
          const inputs: number[] = [];
          for (let i = 0; i < size[0]; i++)
            for (let j = 0; j < size[1]; j++) {
              const y = row * strides[0] + i - padding[0];
              const z = column * strides[1] + j - padding[2];
              if (y >= 0 && y < height && z >= 0 && z < width) inputs.push(((n * height + y) * width + z) * channels + channel);
            }
          visit(((n * rows + row) * columns + column) * channels + channel, inputs);
        }
}

/** Of equal maxima the first. */
const largest = (x: Tensor, inputs: readonly number[]): number =>
  inputs.reduce((best, input) => (at(x.data, input) > at(x.data, best) ? input : best));

const divisor = (window: Window & { readonly countPadding: boolean }, real: number): number =>
  window.countPadding ? window.size[0] * window.size[1] : real;

export const pooling: Kernels<"maxPool2d" | "maxPool2dGradient" | "averagePool2d" | "averagePool2dGradient"> = {
  maxPool2d: (window, x) => {
    const result = zeros(pooledShape(x, window));
    forEachWindow(x, window, (output, inputs) => {
      result.data[output] = at(x.data, largest(x, inputs));
    });
    return result;
  },
  maxPool2dGradient: (window, x, _, dy) => {
    const result = zeros(x.shape);
    forEachWindow(x, window, (output, inputs) => {
      addAt(result.data, largest(x, inputs), at(dy.data, output));
    });
    return result;
  },
  averagePool2d: (window, x) => {
    const result = zeros(pooledShape(x, window));
    forEachWindow(x, window, (output, inputs) => {
      result.data[output] = inputs.reduce((sum, input) => sum + at(x.data, input), 0) / divisor(window, inputs.length);
    });
    return result;
  },
  averagePool2dGradient: (window, dy, x) => {
    const result = zeros(x.shape);
    forEachWindow(x, window, (output, inputs) => {
      for (const input of inputs) addAt(result.data, input, at(dy.data, output) / divisor(window, inputs.length));
    });
    return result;
  },
};
