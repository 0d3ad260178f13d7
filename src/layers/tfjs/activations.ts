import { type Activation, LEAKY_RELU_ALPHA } from "../activation.js";
import { plain, type TfjsLayer } from "./types.js";

/** TensorFlow.js layers' own names of activations; undefined for what it lacks. */
const NAMES: Readonly<Record<Exclude<Activation, "leakyReLU">, string | undefined>> = {
  linear: "linear",
  relu: "relu",
  relu6: "relu6",
  elu: "elu",
  selu: "selu",
  sigmoid: "sigmoid",
  hardSigmoid: "hardSigmoid",
  hardSigmoid6: undefined,
  logSigmoid: undefined,
  tanh: "tanh",
  hardTanh: undefined,
  softmax: "softmax",
  logSoftmax: "logSoftmax",
  softplus: "softplus",
  softsign: "softsign",
  swish: "swish",
  hardSwish: undefined,
  mish: "mish",
  gelu: "gelu",
  geluTanh: undefined,
  exponential: undefined,
  absolute: undefined,
  squareRoot: undefined,
};

/** What a layer names as its own activation, and the layer behind it for leakyReLU, which TensorFlow.js has only as one. */
export type SplitActivation = { readonly own: string; readonly after?: { readonly after: TfjsLayer } } | { readonly refused: string };

export function splitActivation(activation: Activation): SplitActivation {
  if (activation === "leakyReLU") return { own: "linear", after: { after: leakyRelu(undefined) } };
  const own = NAMES[activation];
  return own === undefined ? { refused: `uses the activation ${activation}, which TensorFlow.js layers does not have` } : { own };
}

export const leakyRelu = (alpha: number = LEAKY_RELU_ALPHA): TfjsLayer => plain("LeakyReLU", { alpha });
