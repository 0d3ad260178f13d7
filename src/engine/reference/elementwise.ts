import { axisSize, broadcastShapes } from "../../program/shapes.js";
import type { BinaryFunction, DataType, UnaryFunction } from "../../program/types.js";
import { at, forEachIndex, type Kernels, map, map2, stridesOf, type Tensor, zeros } from "./tensor.js";

/** By the series with terms of one sign: 2/sqrt(pi) exp(-x^2) sum 2^n x^(2n+1) / (1 * 3 * ... * (2n+1)). */
function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

const UNARY: Readonly<Record<UnaryFunction, (x: number) => number>> = {
  negative: (x) => -x,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  square: (x) => x * x,
  absolute: Math.abs,
  sign: Math.sign,
  reciprocal: (x) => 1 / x,
  relu: (x) => Math.max(x, 0),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  erf,
};

const BINARY: Readonly<Record<BinaryFunction, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  maximum: Math.max,
  minimum: Math.min,
  equal: (a, b) => Number(a === b),
  greater: (a, b) => Number(a > b),
};

/** Derivatives by the function's own output. */
const DERIVATIVE = {
  relu: (y: number) => Number(y > 0),
  elu: (y: number) => (y > 0 ? 1 : y + 1),
  sigmoid: (y: number) => y * (1 - y),
  tanh: (y: number) => 1 - y * y,
};

const CAST: Readonly<Record<DataType, (x: number) => number>> = {
  float32: (x) => x,
  int32: (x) => Math.trunc(x) | 0,
  uint8: (x) => Math.trunc(x) & 255,
};

/** The steps through a tensor's numbers while its broadcast shape is walked: 0 where it is repeated. */
export function broadcastStrides(from: readonly number[], to: readonly number[]): number[] {
  const strides = stridesOf(from);
  const missing = to.length - from.length;
  return to.map((_, axis) => (axis < missing || from[axis - missing] === 1 ? 0 : axisSize(strides, axis - missing)));
}

/** Index into a broadcast tensor's own numbers. */
export const offsetOf = (coordinates: readonly number[], strides: readonly number[]): number =>
  coordinates.reduce((sum, coordinate, axis) => sum + coordinate * axisSize(strides, axis), 0);

function binary(fn: (a: number, b: number) => number, a: Tensor, b: Tensor): Tensor {
  const shape = broadcastShapes(a.shape, b.shape);
  if (!shape) throw new Error(`Shapes [${a.shape}] and [${b.shape}] do not broadcast.`);
  const result = zeros(shape);
  const stridesA = broadcastStrides(a.shape, shape);
  const stridesB = broadcastStrides(b.shape, shape);
  forEachIndex(shape, (coordinates, i) => {
    result.data[i] = fn(at(a.data, offsetOf(coordinates, stridesA)), at(b.data, offsetOf(coordinates, stridesB)));
  });
  return result;
}

export const elementwise: Kernels<"unary" | "leakyRelu" | "binary" | "unaryGradient" | "leakyReluGradient" | "cast"> = {
  unary: ({ fn }, x) => map(x, UNARY[fn]),
  leakyRelu: ({ alpha }, x) => map(x, (v) => (v > 0 ? v : alpha * v)),
  binary: ({ fn }, a, b) => binary(BINARY[fn], a, b),
  unaryGradient: ({ fn }, dy, y) => map2(dy, y, (gradient, output) => gradient * DERIVATIVE[fn](output)),
  leakyReluGradient: ({ alpha }, dy, x) => map2(dy, x, (gradient, v) => gradient * (v > 0 ? 1 : alpha)),
  cast: ({ dtype }, x) => map(x, CAST[dtype]),
};
