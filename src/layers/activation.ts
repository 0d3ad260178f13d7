import type { Builder } from "../program/builder.js";
import type { Value } from "../program/types.js";
import { clip, geluTanh, hardSigmoid6, logSoftmax, selu, softsign, timesHalf } from "./activationMath.js";

/** Slope of leakyReLU below zero, as in TensorFlow.js layers and Keras 2. */
export const LEAKY_RELU_ALPHA = 0.3;

/** One line each for completion and hovers. Spelled as TensorFlow.js layers spells those that it has. */
export const ACTIVATION_DOCS = {
  linear: "x, unchanged",
  relu: "max(x, 0)",
  relu6: "max(x, 0), at most 6",
  leakyReLU: `x above 0, ${LEAKY_RELU_ALPHA}*x below`,
  elu: "x above 0, exp(x) - 1 below",
  selu: "elu scaled so that numbers keep mean 0 and variance 1 (Klambauer et al., 2017)",
  sigmoid: "1/(1 + exp(-x)): from 0 to 1",
  hardSigmoid: "0.2*x + 0.5 cut to 0 to 1: Keras 2 and TensorFlow.js",
  hardSigmoid6: "relu6(x + 3)/6: the hard sigmoid of PyTorch and Keras 3",
  logSigmoid: "log(sigmoid(x))",
  tanh: "from -1 to 1",
  hardTanh: "x cut to -1 to 1",
  softmax: "exp(x) over its sum along the last axis: probabilities of classes",
  logSoftmax: "log(softmax(x)): logarithms of probabilities",
  softplus: "log(1 + exp(x)): a smooth relu",
  softsign: "x/(1 + |x|): from -1 to 1",
  swish: "x*sigmoid(x), also called SiLU",
  hardSwish: "x*relu6(x + 3)/6 (Howard et al., 2019)",
  mish: "x*tanh(softplus(x)) (Misra, 2019)",
  gelu: "x*(1 + erf(x/sqrt(2)))/2",
  geluTanh: "gelu by tanh: x*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x^3)))/2",
  exponential: "exp(x)",
  absolute: "|x|",
  squareRoot: "sqrt(x)",
} as const;

/** Functions a layer may end with. */
export type Activation = keyof typeof ACTIVATION_DOCS;
export const ACTIVATIONS = Object.keys(ACTIVATION_DOCS) as readonly Activation[];

const FUNCTIONS: Readonly<Record<Activation, (builder: Builder, x: Value) => Value>> = {
  linear: (_, x) => x,
  relu: (b, x) => b.unary("relu", x),
  relu6: (b, x) => clip(b, x, 0, 6),
  leakyReLU: (b, x) => b.leakyRelu(x, LEAKY_RELU_ALPHA),
  elu: (b, x) => b.unary("elu", x),
  selu,
  sigmoid: (b, x) => b.unary("sigmoid", x),
  hardSigmoid: (b, x) => clip(b, b.add(b.multiply(x, b.scalar(0.2)), b.scalar(0.5)), 0, 1),
  hardSigmoid6,
  logSigmoid: (b, x) => b.unary("negative", b.unary("softplus", b.unary("negative", x))),
  tanh: (b, x) => b.unary("tanh", x),
  hardTanh: (b, x) => clip(b, x, -1, 1),
  softmax: (b, x) => b.softmax(x),
  logSoftmax,
  softplus: (b, x) => b.unary("softplus", x),
  softsign,
  swish: (b, x) => b.multiply(x, b.unary("sigmoid", x)),
  hardSwish: (b, x) => b.multiply(x, hardSigmoid6(b, x)),
  mish: (b, x) => b.multiply(x, b.unary("tanh", b.unary("softplus", x))),
  gelu: (b, x) => timesHalf(b, x, b.unary("erf", b.multiply(x, b.scalar(Math.SQRT1_2)))),
  geluTanh,
  exponential: (b, x) => b.unary("exp", x),
  absolute: (b, x) => b.unary("absolute", x),
  squareRoot: (b, x) => b.unary("sqrt", x),
};

/** Applies an activation to each number of `x`; softmax and logSoftmax work along the last axis. */
export function lowerActivation(builder: Builder, activation: Activation, x: Value): Value {
  return FUNCTIONS[activation](builder, x);
}
