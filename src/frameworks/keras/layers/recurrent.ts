import { product, withSizes } from "../../../interpret/sizes.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import type { LayerArguments } from "./arguments.js";
import { imageInput } from "./image.js";
import { type Inference, type KerasLayer, layer, Misfit, REQUIRED, type Signature } from "./layer.js";
import { bias, parameterFormula, weight } from "./parameters.js";
import { shapeText } from "./sizes.js";
import { slide, type Window, windowPadding } from "./window.js";

const RECURRENT: Signature = {
  units: REQUIRED,
  activation: "tanh",
  recurrent_activation: "sigmoid",
  use_bias: true,
  return_sequences: false,
  return_state: false,
  go_backwards: false,
  stateful: false,
  unroll: false,
};

/** Outputs of a recurrent layer: the last step or all of them, and its states where they are asked for. */
function outputsOf(args: LayerArguments, last: TensorShape, steps: Size, states: number): Inference["outputs"] {
  const sequences = args.flag("return_sequences");
  const [batch, ...rest] = last;
  const output = sequences === undefined ? undefined : sequences ? [batch, steps, ...rest] : last;
  return [output, ...(args.flag("return_state") ? Array<TensorShape>(states).fill(last) : [])];
}

function sequenceOf(input: TensorShape | undefined, rank: number): readonly [batch: Size, steps: Size, features: Size] {
  if (input && input.length !== rank) {
    const message = `needs steps and features for each example, but gets ${shapeText(input)}; put a Reshape before it, or let the recurrent layer before it return_sequences`;
    throw new Misfit({ code: "wrong-rank", message, fixes: [] });
  }
  return [input?.[0], input?.[1], input?.at(-1)];
}

function recurrent(className: string, gates: number, states: number, signature: Signature): KerasLayer {
  return layer(className, signature, (args, [input]) => {
    const [batch, steps, features] = sequenceOf(input, 3);
    const units = args.count("units");
    const wide = withSizes([units], (size) => size * gates);
    const parameters = [weight("kernel", [features, wide]), weight("recurrent_kernel", [units, wide]), ...biases(args, wide)];
    return {
      outputs: outputsOf(args, [batch, units], steps, states),
      parameters,
      multiplyAdds: withSizes([steps, features, units, wide], (length, inputs, size, outputs) => length * (inputs + size) * outputs),
      reach: "global",
      formulas: () => parameterFormula(parameters),
    };
  });
}

/** A GRU that resets after the multiplication (Keras 2 and later) has a second row of biases. */
function biases(args: LayerArguments, wide: Size) {
  const [own] = bias(args.flag("use_bias"), wide);
  if (!own) return [];
  return [args.has("reset_after") || args.get("reset_after") === true ? (args.flag("reset_after") ? weight("bias", [2, wide]) : own) : own];
}

function convolutional(className: string, rank: number): KerasLayer {
  const signature: Signature = {
    filters: REQUIRED,
    kernel_size: REQUIRED,
    strides: 1,
    padding: "valid",
    data_format: null,
    dilation_rate: 1,
    activation: "tanh",
    recurrent_activation: "sigmoid",
    use_bias: true,
    return_sequences: false,
    return_state: false,
  };
  return layer(className, signature, (args, [input]) => {
    const steps = input?.[1];
    const image = imageInput(args, [input && [input[0], ...input.slice(2)]], rank);
    const filters = args.count("filters");
    const window: Window = {
      size: args.sizes("kernel_size", rank),
      strides: args.sizes("strides", rank),
      dilation: args.sizes("dilation_rate", rank),
      padding: windowPadding(args),
      sizeName: "kernel_size",
    };
    const placed = slide(image, window);
    const wide = withSizes([filters], (size) => 4 * size);
    const kernel = [...window.size, image.channels, wide];
    const again = [...window.size, filters, wide];
    const parameters = [weight("kernel", kernel), weight("recurrent_kernel", again), ...bias(args.flag("use_bias"), wide)];
    const one = withSizes([product(kernel), product(again)], (a, b) => a + b);
    return {
      outputs: outputsOf(args, image.shape(placed.output, filters), steps, 2),
      parameters,
      multiplyAdds: product([steps, ...placed.output, one]),
      reach: placed.reach,
      formulas: () => [...placed.formulas(), ...parameterFormula(parameters)],
    };
  });
}

export const RECURRENTS: readonly KerasLayer[] = [
  recurrent("SimpleRNN", 1, 1, RECURRENT),
  recurrent("GRU", 3, 1, { ...RECURRENT, reset_after: true }),
  recurrent("LSTM", 4, 2, RECURRENT),
  recurrent("CuDNNGRU", 3, 1, { ...RECURRENT, reset_after: true }),
  recurrent("CuDNNLSTM", 4, 2, RECURRENT),
  convolutional("ConvLSTM1D", 1),
  convolutional("ConvLSTM2D", 2),
  convolutional("ConvLSTM3D", 3),
];
