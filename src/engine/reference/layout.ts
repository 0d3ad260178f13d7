import { axisSize, elementCount } from "../../program/shapes.js";
import { BATCH, type Dimension, type Padding } from "../../program/types.js";
import { broadcastStrides, offsetOf } from "./elementwise.js";
import { addAt, at, forEachIndex, type Kernels, stridesOf, type Tensor, zeros } from "./tensor.js";

const withBatch = (shape: readonly Dimension[], examples: number): number[] => shape.map((size) => (size === BATCH ? examples : size));

function transpose(x: Tensor, permutation: readonly number[]): Tensor {
  const strides = stridesOf(x.shape);
  const result = zeros(permutation.map((axis) => axisSize(x.shape, axis)));
  const steps = permutation.map((axis) => axisSize(strides, axis));
  forEachIndex(result.shape, (coordinates, i) => {
    result.data[i] = at(x.data, offsetOf(coordinates, steps));
  });
  return result;
}

/** Copies a block of `source` starting at `from` to where `to` starts in `target`; the block has the smaller shape. */
function copyBlock(source: Tensor, from: readonly number[], target: Tensor, to: readonly number[]): void {
  const block = source.shape.map((size, axis) => Math.min(size, axisSize(target.shape, axis)));
  const read = stridesOf(source.shape);
  const write = stridesOf(target.shape);
  const readStart = offsetOf(from, read);
  const writeStart = offsetOf(to, write);
  forEachIndex(block, (coordinates) => {
    target.data[writeStart + offsetOf(coordinates, write)] = at(source.data, readStart + offsetOf(coordinates, read));
  });
}

function pad(x: Tensor, [top, bottom, left, right]: Padding, value: number): Tensor {
  const [n, height, width, channels] = x.shape as readonly [number, number, number, number];
  const result = zeros([n, height + top + bottom, width + left + right, channels]);
  result.data.fill(value);
  copyBlock(x, [0, 0, 0, 0], result, [0, top, left, 0]);
  return result;
}

function crop(x: Tensor, [top, bottom, left, right]: Padding): Tensor {
  const [n, height, width, channels] = x.shape as readonly [number, number, number, number];
  const result = zeros([n, height - top - bottom, width - left - right, channels]);
  copyBlock(x, [0, top, left, 0], result, [0, 0, 0, 0]);
  return result;
}

function concat(values: readonly Tensor[], axis: number): Tensor {
  const sizes = values.map((value) => axisSize(value.shape, axis));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const result = zeros((values[0]?.shape ?? []).map((size, i) => (i === axis ? total : size)));
  let start = 0;
  for (const value of values) {
    copyBlock(
      value,
      value.shape.map(() => 0),
      result,
      value.shape.map((_, i) => (i === axis ? start : 0)),
    );
    start += axisSize(value.shape, axis);
  }
  return result;
}

function slice(x: Tensor, axis: number, start: number, size: number): Tensor {
  const result = zeros(x.shape.map((whole, i) => (i === axis ? size : whole)));
  copyBlock(
    x,
    x.shape.map((_, i) => (i === axis ? start : 0)),
    result,
    x.shape.map(() => 0),
  );
  return result;
}

export const layout: Kernels<"broadcastTo" | "reshape" | "transpose" | "pad2d" | "crop2d" | "concat" | "slice" | "oneHot" | "batchSize"> = {
  broadcastTo: ({ shape }, x, like) => {
    const result = zeros(withBatch(shape, like?.shape[0] ?? 1));
    const strides = broadcastStrides(x.shape, result.shape);
    forEachIndex(result.shape, (coordinates, i) => {
      result.data[i] = at(x.data, offsetOf(coordinates, strides));
    });
    return result;
  },
  reshape: ({ shape }, x) => ({ shape: withBatch(shape, x.data.length / elementCount(withBatch(shape, 1))), data: x.data }),
  transpose: ({ permutation }, x) => transpose(x, permutation),
  pad2d: ({ padding, value }, x) => pad(x, padding, value),
  crop2d: ({ padding }, x) => crop(x, padding),
  concat: ({ axis }, ...values) => concat(values, axis),
  slice: ({ axis, start, size }, x) => slice(x, axis, start, size),
  oneHot: ({ depth }, labels) => {
    const result = zeros([...labels.shape, depth]);
    labels.data.forEach((label, i) => {
      addAt(result.data, i * depth + label, 1);
    });
    return result;
  },
  batchSize: (_, x) => ({ shape: [], data: Float64Array.of(axisSize(x.shape, 0)) }),
};
