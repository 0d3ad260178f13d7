// A program is what an engine executes: primitive operations on values, grouped into functions that are called by name.

/** Size of an axis; BATCH is the number of examples, known only when a function runs. It may only stand first. */
export type Dimension = number;
export const BATCH = -1;

export type DataType = "float32" | "int32" | "uint8";

/** What an operation yields. Values are numbered in the order they are made, so every input comes before its use; numbers may be missing. */
export interface Value {
  readonly id: number;
  /** All axes, with BATCH for the first where it has one; images are NHWC. */
  readonly shape: readonly Dimension[];
  readonly dtype: DataType;
}

/** Rows and columns added outside an image: [top, bottom, left, right]. Never negative. */
export type Padding = readonly [number, number, number, number];
export type Pair = readonly [number, number];

/** Where a window stands: sizes, steps and padding in [height, width] order. */
export interface Window {
  readonly size: Pair;
  readonly strides: Pair;
  readonly padding: Padding;
}

export interface Convolution {
  readonly strides: Pair;
  readonly dilation: Pair;
  readonly padding: Padding;
  /** Kernels are [height, width, channels / groups, filters]; depthwise is groups = channels. */
  readonly groups: number;
}

export type UnaryFunction =
  | "negative"
  | "exp"
  | "log"
  | "sqrt"
  | "square"
  | "absolute"
  | "sign"
  | "reciprocal"
  | "relu"
  | "elu"
  | "sigmoid"
  | "tanh"
  | "softplus"
  | "erf";
export type BinaryFunction = "add" | "subtract" | "multiply" | "divide" | "maximum" | "minimum" | "equal" | "greater";
export type ReduceFunction = "sum" | "mean" | "max";

/**
 * The primitive operations. Each lists its inputs in the order of `Node.inputs`, then what it yields.
 * Binary functions broadcast as NumPy does; comparisons yield float32 0 or 1.
 */
export type Operation =
  /** () -> the tensor fed under this name */
  | { readonly op: "input"; readonly name: string }
  /** () -> the variable's value before any update of this call */
  | { readonly op: "variable"; readonly name: string }
  /** () -> row-major numbers; one number fills the whole shape */
  | { readonly op: "constant"; readonly values: readonly number[] }
  /** (x) */
  | { readonly op: "unary"; readonly fn: UnaryFunction }
  /** (x) -> x > 0 ? x : alpha * x */
  | { readonly op: "leakyRelu"; readonly alpha: number }
  /** (a, b) */
  | { readonly op: "binary"; readonly fn: BinaryFunction }
  /** (dy, y) -> dy times the derivative, by the function's own output y */
  | { readonly op: "unaryGradient"; readonly fn: "relu" | "elu" | "sigmoid" | "tanh" }
  /** (dy, x) -> dy times the derivative of leakyRelu */
  | { readonly op: "leakyReluGradient"; readonly alpha: number }
  /** (x) */
  | { readonly op: "reduce"; readonly fn: ReduceFunction; readonly axes: readonly number[]; readonly keepDims: boolean }
  /** (x) or, where the wanted shape has BATCH, (x, like): broadcasts x to the shape (like lends the number of examples) */
  | { readonly op: "broadcastTo"; readonly shape: readonly Dimension[] }
  /** (x) -> same numbers in row-major order; BATCH in the shape is whatever is left */
  | { readonly op: "reshape"; readonly shape: readonly Dimension[] }
  | { readonly op: "transpose"; readonly permutation: readonly number[] }
  /** (x) NHWC -> zeros (or `value`) around height and width */
  | { readonly op: "pad2d"; readonly padding: Padding; readonly value: number }
  /** (x) NHWC -> what pad2d added is taken off again */
  | { readonly op: "crop2d"; readonly padding: Padding }
  /** (a, b, ...) */
  | { readonly op: "concat"; readonly axis: number }
  /** (x) -> `size` entries of an axis from `start` */
  | { readonly op: "slice"; readonly axis: number; readonly start: number; readonly size: number }
  /** (a [m,k], b [k,n]) */
  | { readonly op: "matMul"; readonly transposeA: boolean; readonly transposeB: boolean }
  /** (x [..., c], bias [c]) */
  | { readonly op: "biasAdd" }
  /** (dy [..., c]) -> [c] */
  | { readonly op: "biasAddGradient" }
  /** (x NHWC, kernel) */
  | ({ readonly op: "conv2d" } & Convolution)
  /** (kernel, dy, x) -> gradient with the shape of x; only x's shape is used */
  | ({ readonly op: "conv2dInputGradient" } & Convolution)
  /** (x, dy) -> gradient with the kernel's shape */
  | ({ readonly op: "conv2dKernelGradient"; readonly kernelShape: readonly number[] } & Convolution)
  /** (x); padding never wins */
  | ({ readonly op: "maxPool2d" } & Window)
  /** (x, y, dy); of equal maxima the first in row-major order gets it all */
  | ({ readonly op: "maxPool2dGradient" } & Window)
  /** (x); divides by the number of real entries under the window, or by the whole window with countPadding */
  | ({ readonly op: "averagePool2d"; readonly countPadding: boolean } & Window)
  /** (dy, x) -> gradient with the shape of x; only x's shape is used */
  | ({ readonly op: "averagePool2dGradient"; readonly countPadding: boolean } & Window)
  /** (x [..., c], gamma [c], beta [c]) -> [y, mean [c], biased variance [c]] */
  | { readonly op: "batchNormTraining"; readonly epsilon: number }
  /** (dy, x, gamma, mean, variance) -> [dx, dgamma, dbeta] */
  | { readonly op: "batchNormTrainingGradient"; readonly epsilon: number }
  /** (x, gamma, beta, mean, variance) */
  | { readonly op: "batchNormInference"; readonly epsilon: number }
  /** (x) over the last axis */
  | { readonly op: "softmax" }
  /** (logits [n, c], labels int32 [n]) -> [loss [n], d loss / d logits [n, c]] */
  | { readonly op: "softmaxCrossEntropy" }
  /** (like, counter int32 [2]) -> numbers in [0, 1) with the shape of like: Philox, see base/philox.ts */
  | { readonly op: "randomUniform"; readonly stream: number }
  /** (x) int32 [...] -> float32 [..., depth] */
  | { readonly op: "oneHot"; readonly depth: number }
  /** (x) -> index of the largest over the last axis, the first of equals, int32 */
  | { readonly op: "argMax" }
  /** (scores [n, c], labels int32 [n]) -> float32 0/1 [n]: fewer than k scores are larger than the label's */
  | { readonly op: "inTopK"; readonly k: number }
  /** (x) -> number of examples, float32 scalar */
  | { readonly op: "batchSize" }
  /** (x) */
  | { readonly op: "cast"; readonly dtype: DataType };

export type OperationName = Operation["op"];

export interface Node {
  readonly operation: Operation;
  readonly inputs: readonly Value[];
  /** One for most operations. */
  readonly outputs: readonly Value[];
}

/** What changes a variable, after every value of the call has been computed. Rates and gradients are values. */
export type Update =
  | { readonly update: "assign"; readonly variable: string; readonly value: Value }
  /** w -= rate * gradient */
  | { readonly update: "sgd"; readonly variable: string; readonly rate: Value; readonly gradient: Value }
  /** a = momentum * a + gradient; w -= rate * (nesterov ? gradient + momentum * a : a) */
  | {
      readonly update: "momentum";
      readonly variable: string;
      readonly accumulator: string;
      readonly rate: Value;
      readonly gradient: Value;
      readonly momentum: number;
      readonly nesterov: boolean;
    }
  /** m += (1 - beta1)(g - m); v += (1 - beta2)(g*g - v); w -= correctedRate * m / (sqrt(v) + epsilon), after w *= 1 - decay */
  | {
      readonly update: "adam";
      readonly variable: string;
      readonly mean: string;
      readonly square: string;
      /** rate * sqrt(1 - beta2^t) / (1 - beta1^t) */
      readonly correctedRate: Value;
      /** rate * weightDecay, absent for plain adam */
      readonly decay?: Value;
      readonly gradient: Value;
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
    }
  /** s = rho * s + (1 - rho) g*g; a = momentum * a + rate * g / sqrt(s + epsilon); w -= a */
  | {
      readonly update: "rmsprop";
      readonly variable: string;
      readonly square: string;
      readonly accumulator: string;
      readonly rate: Value;
      readonly gradient: Value;
      readonly rho: number;
      readonly momentum: number;
      readonly epsilon: number;
    };

/** A tensor that outlives a call: weights, moving statistics, optimizer slots. Always float32. */
export interface Variable {
  readonly name: string;
  readonly shape: readonly number[];
  readonly role: "weight" | "statistic" | "slot";
}

/** What is called: feeds by name, gets the fetches in order, and applies the updates at the end. */
export interface ProgramFunction {
  readonly feeds: readonly { readonly name: string; readonly value: Value }[];
  readonly fetches: readonly Value[];
  readonly updates: readonly Update[];
}

export interface Program {
  /** In order of computation. Functions share nodes; a call computes only what its fetches and updates need. */
  readonly nodes: readonly Node[];
  readonly variables: readonly Variable[];
  readonly functions: Readonly<Record<string, ProgramFunction>>;
  /** Key of every random stream. */
  readonly seed: number;
}
