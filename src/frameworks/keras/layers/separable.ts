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
    return {
      ...convolved(args, image, placed, { kernel, filters }),
      catalogue: lowered(args, image, window, { depthMultiplier: multiplier, output: image.shape(placed.output, filters) }),
    };
  });
}

function lowered(
  args: LayerArguments,
  image: Image,
  window: Window,
  { depthMultiplier, output }: { readonly depthMultiplier: Size; readonly output: TensorShape },
): readonly CatalogueStep[] | undefined {
  const useBias = args.flag("use_bias");
  const settings = { ...catalogueWindow(window), depthMultiplier, activation: catalogueActivation(args.get("activation")), useBias };
  const weights = useBias ? ["depthwise_kernel", "bias"] : ["depthwise_kernel"];
  return onImage(image, step("depthwiseConv2d", settings, { args, weights, names: { depthwise_kernel: "kernel" } }), output);
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
    return {
      outputs: [image.shape(placed.output, filters)],
      parameters,
      multiplyAdds,
      reach: placed.reach,
      formulas: () => [...placed.formulas(), ...parameterFormula(parameters)],
      catalogue: loweredSeparable(args, image, window, { depthMultiplier: multiplier, output: image.shape(placed.output, filters) }),
    };
  });
}

function loweredSeparable(
  args: LayerArguments,
  image: Image,
  window: Window,
  { depthMultiplier, output }: { readonly depthMultiplier: Size; readonly output: TensorShape },
): readonly CatalogueStep[] | undefined {
  const useBias = args.flag("use_bias");
  const activation = catalogueActivation(args.get("activation"));
  const settings = { filters: args.count("filters"), ...catalogueWindow(window), depthMultiplier, activation, useBias };
  const kernels = ["depthwise_kernel", "pointwise_kernel"];
  return onImage(image, step("separableConv2d", settings, { args, weights: useBias ? [...kernels, "bias"] : kernels }), output);
}

export const SEPARABLE_CONVOLUTIONS: readonly KerasLayer[] = [
  depthwise("DepthwiseConv1D", 1),
  depthwise("DepthwiseConv2D", 2),
  separable("SeparableConv1D", 1),
  separable("SeparableConv2D", 2),
];
