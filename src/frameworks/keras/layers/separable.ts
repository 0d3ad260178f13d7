import type { Size } from "../../../interpret/tensor.js";
import type { CatalogueStep } from "../../../interpret/trace.js";
import type { LayerArguments } from "./arguments.js";
import { catalogueActivation, catalogueInitializer, catalogueRegularizer, step } from "./catalogue.js";
import { kernelWindow } from "./convolution.js";
import { type Datum, isRecord } from "./data.js";
import { type Image, imageInput } from "./image.js";
import { type KerasLayer, layer, REQUIRED, type Signature } from "./layer.js";
import { bias, costFormula, parameterFormula, weight } from "./parameters.js";
import { product, sum, withSizes } from "./sizes.js";
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
    const parameters = [weight("kernel", kernel), ...bias(args.flag("use_bias"), filters)];
    const multiplyAdds = product([...placed.output, ...kernel]);
    return {
      outputs: [image.shape(placed.output, filters)],
      parameters,
      multiplyAdds,
      reach: placed.reach,
      formulas: () => [...placed.formulas(), ...parameterFormula(parameters), costFormula([...placed.output, ...kernel], multiplyAdds)],
      catalogue: rank === 2 ? inGroups(args, image, window, { filters, multiplier }) : undefined,
    };
  });
}

/** As a convolution in as many groups as there are channels, which starts as Keras' depthwise kernels do. */
function inGroups(
  args: LayerArguments,
  image: Image,
  { size: kernelSize, strides, dilation: dilationRate, padding }: Window,
  { filters, multiplier }: { readonly filters: Size; readonly multiplier: Size },
  last = true,
): readonly CatalogueStep[] | undefined {
  if (image.channelsFirst) return undefined;
  const useBias = last && args.flag("use_bias");
  const kernelInitializer = asGrouped(catalogueInitializer(args.get("depthwise_initializer")), image.channels, multiplier);
  const kernelRegularizer = catalogueRegularizer(args.get("depthwise_regularizer"));
  const window = { filters, kernelSize, strides, padding, dilationRate, groups: image.channels };
  const rest = { activation: last ? catalogueActivation(args.get("activation")) : "linear", useBias, kernelInitializer };
  return step(
    "conv2d",
    { ...window, ...rest, ...(kernelRegularizer !== null && { kernelRegularizer }) },
    { args, weights: useBias ? ["bias"] : [] },
  );
}

/** Keras counts all channels as inputs of a depthwise kernel (fans of area*channels and area*multiplier), we those of one group (area). */
function asGrouped(initializer: Datum, channels: Size, multiplier: Size): Datum {
  const variance = typeof initializer === "string" ? FAN_SCALED[initializer] : undefined;
  if (variance === undefined) return isRecord(initializer) && initializer["type"] === "varianceScaling" ? undefined : initializer;
  const scale = withSizes(
    [channels, multiplier],
    (inputs, outputs) => variance.scale / (variance.average ? (inputs + outputs) / 2 : inputs),
  );
  return { type: "varianceScaling", scale, mode: "fanIn", distribution: variance.distribution };
}

const FAN_SCALED: Readonly<Record<string, { readonly scale: number; readonly average: boolean; readonly distribution: string }>> = {
  glorotUniform: { scale: 1, average: true, distribution: "uniform" },
  glorotNormal: { scale: 1, average: true, distribution: "truncatedNormal" },
  heUniform: { scale: 2, average: false, distribution: "uniform" },
  heNormal: { scale: 2, average: false, distribution: "truncatedNormal" },
  leCunUniform: { scale: 1, average: false, distribution: "uniform" },
  leCunNormal: { scale: 1, average: false, distribution: "truncatedNormal" },
};

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
      catalogue: rank === 2 ? inTwo(args, image, window, { filters, multiplier, between }) : undefined,
    };
  });
}

function inTwo(
  args: LayerArguments,
  image: Image,
  window: Window,
  { filters, multiplier, between }: { readonly filters: Size; readonly multiplier: Size; readonly between: Size },
): readonly CatalogueStep[] | undefined {
  const kernelInitializer = catalogueInitializer(args.get("pointwise_initializer"));
  const kernelRegularizer = catalogueRegularizer(args.get("pointwise_regularizer"));
  const useBias = args.flag("use_bias");
  const activation = catalogueActivation(args.get("activation"));
  const pointwise = {
    filters,
    kernelSize: 1,
    activation,
    useBias,
    kernelInitializer,
    ...(kernelRegularizer !== null && { kernelRegularizer }),
  };
  const first = inGroups(args, image, window, { filters: between, multiplier }, false);
  const second = step("conv2d", pointwise, { args, weights: useBias ? ["bias"] : [] });
  return first && second && [...first, ...second];
}

export const SEPARABLE_CONVOLUTIONS: readonly KerasLayer[] = [
  depthwise("DepthwiseConv1D", 1),
  depthwise("DepthwiseConv2D", 2),
  separable("SeparableConv1D", 1),
  separable("SeparableConv2D", 2),
];
