import { product, sum, withSizes } from "../../../interpret/sizes.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import type { CatalogueStep } from "../../../interpret/trace.js";
import type { LayerArguments } from "./arguments.js";
import { catalogueActivation, step } from "./catalogue.js";
import { convolved, kernelWindow } from "./convolution.js";
import { type Image, imageInput } from "./image.js";
import { type KerasLayer, layer, REQUIRED, type Signature } from "./layer.js";
import { catalogueWindow, onImage } from "./onImage.js";
import { bias, parameterFormula, weight } from "./parameters.js";
import { slide, type Window } from "./window.js";

const DEPTHWISE: Signature = {
  kernel_size: REQUIRED,
  strides: 1,
  padding: "valid",
  depth_multiplier: 1,
  data_format: null,
  dilation_rate: 1,
  activation: null,
  use_bias: true,
  depthwise_initializer: "glorot_uniform",
  bias_initializer: "zeros",
  depthwise_regularizer: null,
  bias_regularizer: null,
};

function depthwise(className: string, rank: number): KerasLayer {
  return layer(className, DEPTHWISE, (args, inputs) => {
    const image = imageInput(args, inputs, rank);
    const multiplier = args.count("depth_multiplier");
    const window = kernelWindow(args, rank);
    const placed = slide(image, window);
    const filters = product([image.channels, multiplier]);
    const kernel = [...window.size, image.channels, multiplier];
    const counterpart = { type: "depthwiseConv2d", kernels: ["depthwise_kernel"], names: { depthwise_kernel: "kernel" } } as const;
    return {
      ...convolved(args, image, placed, { kernel, filters }),
      catalogue: lowered(args, image, window, image.shape(placed.output, filters), counterpart),
    };
  });
}

/** The layer of ours that does the same; `kernels` are ours. */
function lowered(
  args: LayerArguments,
  image: Image,
  window: Window,
  output: TensorShape,
  { type, kernels, names = {}, more = {} }: Counterpart,
): readonly CatalogueStep[] | undefined {
  const useBias = args.flag("use_bias");
  const activation = catalogueActivation(args.get("activation"));
  const settings = { ...more, ...catalogueWindow(window), depthMultiplier: args.count("depth_multiplier"), activation, useBias };
  return onImage(image, step(type, settings, { args, weights: useBias ? [...kernels, "bias"] : kernels, names }), output);
}

interface Counterpart {
  readonly type: "depthwiseConv2d" | "separableConv2d";
  readonly kernels: readonly string[];
  /** Keras' names, where they are others. */
  readonly names?: Readonly<Record<string, string>>;
  readonly more?: Readonly<Record<string, Size>>;
}

const SEPARABLE: Signature = {
  filters: REQUIRED,
  kernel_size: REQUIRED,
  strides: 1,
  padding: "valid",
  data_format: null,
  dilation_rate: 1,
  depth_multiplier: 1,
  activation: null,
  use_bias: true,
  depthwise_initializer: "glorot_uniform",
  pointwise_initializer: "glorot_uniform",
  bias_initializer: "zeros",
  depthwise_regularizer: null,
  pointwise_regularizer: null,
  bias_regularizer: null,
};

function separable(className: string, rank: number): KerasLayer {
  return layer(className, SEPARABLE, (args, inputs) => {
    const image = imageInput(args, inputs, rank);
    const filters = args.count("filters");
    const multiplier = args.count("depth_multiplier");
    const window = kernelWindow(args, rank);
    const placed = slide(image, window);
    const between = product([image.channels, multiplier]);
    const depthKernel = [...window.size, image.channels, multiplier];
    const pointKernel = [...window.size.map(() => 1), between, filters];
    const parameters = [
      weight("depthwise_kernel", depthKernel),
      weight("pointwise_kernel", pointKernel),
      ...bias(args.flag("use_bias"), filters),
    ];
    const positions = product(placed.output);
    const multiplyAdds = withSizes([positions, sum([product(depthKernel), product(pointKernel)])], (a, b) => a * b);
    const output = image.shape(placed.output, filters);
    const counterpart = { type: "separableConv2d", kernels: ["depthwise_kernel", "pointwise_kernel"], more: { filters } } as const;
    return {
      outputs: [output],
      parameters,
      multiplyAdds,
      reach: placed.reach,
      formulas: () => [...placed.formulas(), ...parameterFormula(parameters)],
      catalogue: lowered(args, image, window, output, counterpart),
    };
  });
}

export const SEPARABLE_CONVOLUTIONS: readonly KerasLayer[] = [
  depthwise("DepthwiseConv1D", 1),
  depthwise("DepthwiseConv2D", 2),
  separable("SeparableConv1D", 1),
  separable("SeparableConv2D", 2),
];
