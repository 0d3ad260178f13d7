import type { Builder } from "../program/builder.js";
import type { Value } from "../program/types.js";

/** Functions a layer may end with, spelled as TensorFlow.js layers spells them. */
export const ACTIVATIONS = ["linear", "relu", "leakyReLU", "elu", "sigmoid", "tanh", "softmax", "softplus", "swish", "gelu"] as const;
export type Activation = (typeof ACTIVATIONS)[number];

/** Slope of leakyReLU below zero, as in TensorFlow.js layers and Keras 2. */
export const LEAKY_RELU_ALPHA = 0.3;

/** One line each for completion and hovers. */
export const ACTIVATION_DOCS: Readonly<Record<Activation, string>> = {
  linear: "x, unchanged",
  relu: "max(x, 0)",
  leakyReLU: `x above 0, ${LEAKY_RELU_ALPHA}*x below`,
  elu: "x above 0, exp(x) - 1 below",
  sigmoid: "1/(1 + exp(-x)): from 0 to 1",
  tanh: "from -1 to 1",
  softmax: "exp(x) over its sum along the last axis: probabilities of classes",
  softplus: "log(1 + exp(x)): a smooth relu",
  swish: "x*sigmoid(x), also called SiLU",
  gelu: "x*(1 + erf(x/sqrt(2)))/2",
};

/** Applies an activation to each number of `x`; softmax works along the last axis. */
export function lowerActivation(builder: Builder, activation: Activation, x: Value): Value {
  switch (activation) {
    case "linear":
      return x;
    case "relu":
    case "elu":
    case "sigmoid":
    case "tanh":
    case "softplus":
      return builder.unary(activation, x);
    case "leakyReLU":
      return builder.leakyRelu(x, LEAKY_RELU_ALPHA);
    case "softmax":
      return builder.softmax(x);
    case "swish":
      return builder.multiply(x, builder.unary("sigmoid", x));
    case "gelu": {
      const tail = builder.add(builder.unary("erf", builder.multiply(x, builder.scalar(Math.SQRT1_2))), builder.scalar(1));
      return builder.multiply(builder.multiply(x, builder.scalar(0.5)), tail);
    }
  }
}
