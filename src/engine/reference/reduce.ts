import { reducedShape } from "../../program/shapes.js";
import type { ReduceFunction } from "../../program/types.js";
import { offsetOf } from "./elementwise.js";
import { addAt, at, forEachIndex, type Kernels, stridesOf, type Tensor, zeros } from "./tensor.js";

function reduce(fn: ReduceFunction, x: Tensor, axes: readonly number[], keepDims: boolean): Tensor {
  const kept = zeros(reducedShape(x.shape, axes, true));
  if (fn === "max") kept.data.fill(Number.NEGATIVE_INFINITY);
  const strides = stridesOf(kept.shape).map((step, axis) => (axes.includes(axis) ? 0 : step));
  forEachIndex(x.shape, (coordinates, i) => {
    const target = offsetOf(coordinates, strides);
    if (fn === "max") kept.data[target] = Math.max(at(kept.data, target), at(x.data, i));
    else addAt(kept.data, target, at(x.data, i));
  });
  const divisor = fn === "mean" ? x.data.length / kept.data.length : 1;
  return { shape: reducedShape(x.shape, axes, keepDims), data: kept.data.map((value) => value / divisor) };
}

export const reductions: Kernels<"reduce"> = {
  reduce: ({ fn, axes, keepDims }, x) => reduce(fn, x, axes, keepDims),
};
