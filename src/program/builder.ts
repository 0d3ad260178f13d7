import type {
  BinaryFunction,
  Convolution,
  DataType,
  Dimension,
  Padding,
  Pair,
  ReduceFunction,
  UnaryFunction,
  Value,
  Window,
} from "./types.js";

/**
 * Makes nodes and checks their shapes. Every method appends one operation, or finds the same one there already, and answers its
 * output(s); see types.ts for what each does.
 * Throws where shapes do not fit: that is a bug of the caller, as layers have been inferred before.
 */
export interface Builder {
  input(name: string, shape: readonly Dimension[], dtype: DataType): Value;
  variable(name: string, shape: readonly number[], role: "weight" | "statistic" | "slot"): Value;
  /** `values` has one number (fills the shape) or all of them. */
  constant(values: readonly number[], shape: readonly number[]): Value;
  scalar(value: number): Value;
  unary(fn: UnaryFunction, x: Value): Value;
  leakyRelu(x: Value, alpha: number): Value;
  binary(fn: BinaryFunction, a: Value, b: Value): Value;
  add(a: Value, b: Value): Value;
  subtract(a: Value, b: Value): Value;
  multiply(a: Value, b: Value): Value;
  divide(a: Value, b: Value): Value;
  reduce(fn: ReduceFunction, x: Value, axes: readonly number[], keepDims: boolean): Value;
  broadcastTo(x: Value, shape: readonly Dimension[], like?: Value): Value;
  reshape(x: Value, shape: readonly Dimension[]): Value;
  transpose(x: Value, permutation: readonly number[]): Value;
  pad2d(x: Value, padding: Padding, value?: number): Value;
  crop2d(x: Value, padding: Padding): Value;
  concat(values: readonly Value[], axis: number): Value;
  slice(x: Value, axis: number, start: number, size: number): Value;
  matMul(a: Value, b: Value, options?: { readonly transposeA?: boolean; readonly transposeB?: boolean }): Value;
  biasAdd(x: Value, bias: Value): Value;
  conv2d(x: Value, kernel: Value, convolution: Convolution): Value;
  /** The image of height and width `size` whose convolution has the shape of x, as its gradient: x goes the way back. */
  conv2dTranspose(x: Value, kernel: Value, convolution: Convolution, size: Pair): Value;
  maxPool2d(x: Value, window: Window): Value;
  averagePool2d(x: Value, window: Window & { readonly countPadding: boolean }): Value;
  batchNormTraining(x: Value, gamma: Value, beta: Value, epsilon: number): readonly [y: Value, mean: Value, variance: Value];
  batchNormInference(x: Value, gamma: Value, beta: Value, mean: Value, variance: Value, epsilon: number): Value;
  softmax(x: Value): Value;
  softmaxCrossEntropy(logits: Value, labels: Value): Value;
  randomUniform(like: Value, counter: Value, stream: number): Value;
  oneHot(labels: Value, depth: number): Value;
  argMax(x: Value): Value;
  inTopK(scores: Value, labels: Value, k: number): Value;
  batchSize(x: Value): Value;
  cast(x: Value, dtype: DataType): Value;
}
// Other gradient operations are made by differentiate.ts alone.
