import { product } from "../../../interpret/sizes.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import { catalogueActivation, type Learned, step } from "./catalogue.js";
import { INITIALIZED, kernelAndBias } from "./convolution.js";
import type { Datum } from "./data.js";
import type { Image } from "./image.js";
import { type KerasLayer, layer, Misfit, REQUIRED, type Signature } from "./layer.js";
import { onImage } from "./onImage.js";
import { bias, costFormula, parameterFormula, weight } from "./parameters.js";

const DENSE: Signature = { units: REQUIRED, activation: null, use_bias: true, ...INITIALIZED };

/** Works on the last axis, at each position of those before it. */
const dense = layer("Dense", DENSE, (args, [input]) => {
  const units = args.count("units");
  if (input && input.length < 2) {
    throw new Misfit({
      code: "wrong-rank",
      message: "needs at least one axis after the batch, but gets one number for each example",
      fixes: [],
    });
  }
  const features = input?.at(-1);
  const kernel: readonly Size[] = [features, units];
  const useBias = args.flag("use_bias");
  const parameters = [weight("kernel", kernel), ...bias(useBias, units)];
  const positions = input ? input.slice(1, -1) : [undefined];
  const multiplyAdds = product([...positions, ...kernel]);
  const activation = catalogueActivation(args.get("activation"));
  const weights = kernelAndBias(useBias);
  return {
    outputs: [input && [...input.slice(0, -1), units]],
    parameters,
    multiplyAdds,
    reach: "global",
    formulas: () => [...parameterFormula(parameters), costFormula([...positions, ...kernel], multiplyAdds)],
    catalogue: input && lowered(input, units, { activation, useBias }, { args, weights }),
  };
});

/** Of images and sequences, a convolution of single positions. */
function lowered(input: TensorShape, units: Size, settings: Readonly<Record<string, Datum>>, learned: Learned) {
  if (input.length === 2) return step("dense", { units, ...settings }, learned);
  const [batch, ...rest] = input;
  const shape = (spatial: readonly Size[], channels: Size): TensorShape => [batch, ...spatial, channels];
  const image: Image = { batch, spatial: rest.slice(0, -1), channels: rest.at(-1), channelsFirst: false, shape };
  return onImage(image, step("conv2d", { filters: units, kernelSize: 1, ...settings }, learned), shape(image.spatial, units));
}

const EMBEDDING: Signature = { input_dim: REQUIRED, output_dim: REQUIRED, embeddings_initializer: "uniform", mask_zero: false };

const embedding = layer("Embedding", EMBEDDING, (args, [input]) => {
  const units = args.count("output_dim");
  const parameters = [weight("embeddings", [args.count("input_dim"), units])];
  return { outputs: [input && [...input, units]], parameters, formulas: () => parameterFormula(parameters) };
});

/** The equation's letters give the sizes; "..." stands for the axes before them. */
const einsumDense = layer(
  "EinsumDense",
  { equation: REQUIRED, output_shape: REQUIRED, activation: null, bias_axes: null },
  (args, [input]) => {
    const [left = "", output = ""] = (args.text("equation") ?? "").replaceAll(" ", "").split("->");
    const [source = "", kernel = ""] = left.split(",");
    const asked = args.list("output_shape") ?? [args.get("output_shape")];
    const letters = (text: string) => [...text.replace("...", "")];
    const sizes = new Map<string, Size>();
    const outputs = letters(output);
    asked.forEach((size, i) => {
      const letter = outputs[outputs.length - asked.length + i];
      if (letter !== undefined && typeof size === "number") sizes.set(letter, size);
    });
    const inputs = letters(source);
    inputs.forEach((letter, i) => {
      const size = input?.at(i - inputs.length);
      if (size !== undefined) sizes.set(letter, size);
    });
    const before = source.includes("...") && input ? input.slice(0, input.length - inputs.length) : [];
    const biases = args.text("bias_axes");
    const ordered = outputs.filter((letter) => biases?.includes(letter));
    const parameters = [
      weight(
        "kernel",
        letters(kernel).map((letter) => sizes.get(letter)),
      ),
      ...(biases === undefined
        ? []
        : [
            weight(
              "bias",
              ordered.map((letter) => sizes.get(letter)),
            ),
          ]),
    ];
    return {
      outputs: [input && [...before, ...outputs.map((letter) => sizes.get(letter))]],
      parameters,
      reach: "global",
      formulas: () => parameterFormula(parameters),
    };
  },
);

export const DENSE_LAYERS: readonly KerasLayer[] = [dense, embedding, einsumDense];
