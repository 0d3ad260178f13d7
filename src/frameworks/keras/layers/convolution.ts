import { sizesText } from "../../../base/words.js";
import { product, withSizes } from "../../../interpret/sizes.js";
import { alongBoth } from "../../../interpret/steps.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import type { CatalogueStep } from "../../../interpret/trace.js";
import type { LayerArguments } from "./arguments.js";
import { catalogueActivation, step } from "./catalogue.js";
import { type Image, imageInput } from "./image.js";
import { type Inference, type KerasLayer, layer, Misfit, REQUIRED, type Signature } from "./layer.js";
import { catalogueWindow, onImage } from "./onImage.js";
import { bias, costFormula, parameterFormula, weight } from "./parameters.js";
import { type PlacedWindow, slide, type Window, windowPadding } from "./window.js";

export const INITIALIZED = {
  kernel_initializer: "glorot_uniform",
  bias_initializer: "zeros",
  kernel_regularizer: null,
  bias_regularizer: null,
  activity_regularizer: null,
  kernel_constraint: null,
  bias_constraint: null,
} as const;

const CONVOLUTION: Signature = {
  filters: REQUIRED,
  kernel_size: REQUIRED,
  strides: 1,
  padding: "valid",
  data_format: null,
  dilation_rate: 1,
  groups: 1,
  activation: null,
  use_bias: true,
  ...INITIALIZED,
};

/** The window of a layer with `kernel_size`, `strides`, `dilation_rate` and `padding`. */
export function kernelWindow(args: LayerArguments, rank: number): Window {
  return {
    size: args.sizes("kernel_size", rank),
    strides: args.sizes("strides", rank),
    dilation: args.sizes("dilation_rate", rank),
    padding: windowPadding(args),
    sizeName: "kernel_size",
  };
}

/** What a convolution makes whose kernel is multiplied by whole at every place of its output. */
export function convolved(
  args: LayerArguments,
  image: Image,
  placed: PlacedWindow,
  { kernel, filters }: { readonly kernel: readonly Size[]; readonly filters: Size },
): Inference {
  const parameters = [weight("kernel", kernel), ...bias(args.flag("use_bias"), filters)];
  const factors = [...placed.output, ...kernel];
  const multiplyAdds = product(factors);
  return {
    outputs: [image.shape(placed.output, filters)],
    parameters,
    multiplyAdds,
    reach: placed.reach,
    formulas: () => [...placed.formulas(), ...parameterFormula(parameters), costFormula(factors, multiplyAdds)],
  };
}

function convolution(className: string, rank: number): KerasLayer {
  return layer(className, CONVOLUTION, (args, inputs) => {
    const image = imageInput(args, inputs, rank);
    const filters = args.count("filters");
    const groups = args.count("groups");
    checkGroups(image.channels, filters, groups);
    const window = kernelWindow(args, rank);
    const placed = slide(image, window);
    const perGroup = withSizes([image.channels, groups], (channels, parts) => channels / parts);
    const kernel = [...window.size, perGroup, filters];
    return {
      ...convolved(args, image, placed, { kernel, filters }),
      catalogue: lowered(args, image, window, { filters, groups, output: image.shape(placed.output, filters) }),
    };
  });
}

function lowered(
  args: LayerArguments,
  image: Image,
  window: Window,
  { filters, groups, output }: { readonly filters: Size; readonly groups: Size; readonly output: TensorShape },
): readonly CatalogueStep[] | undefined {
  const activation = catalogueActivation(args.get("activation"));
  const useBias = args.flag("use_bias");
  const settings = { filters, ...catalogueWindow(window), groups, activation, useBias };
  return onImage(image, step("conv2d", settings, { args, weights: kernelAndBias(useBias) }), output);
}

/** Our names of the weights of a layer with a kernel and perhaps a bias. */
export function kernelAndBias(useBias: boolean | undefined): readonly string[] {
  return useBias ? ["kernel", "bias"] : ["kernel"];
}

function checkGroups(channels: Size, filters: Size, groups: Size): void {
  if (groups === undefined || groups === 1) return;
  const wrong = [
    [channels, "input channels"],
    [filters, "filters"],
  ] as const;
  for (const [count, what] of wrong) {
    if (count === undefined || count % groups === 0) continue;
    throw new Misfit({
      code: "groups-do-not-divide",
      argument: "groups",
      message: `groups ${groups} does not divide ${count} ${what}`,
      fixes: [],
    });
  }
}

const TRANSPOSED: Signature = {
  filters: REQUIRED,
  kernel_size: REQUIRED,
  strides: 1,
  padding: "valid",
  output_padding: null,
  data_format: null,
  dilation_rate: 1,
  activation: null,
  use_bias: true,
  ...INITIALIZED,
};

/** Sizes by Keras' deconv_output_length. */
function transposed(className: string, rank: number): KerasLayer {
  return layer(className, TRANSPOSED, (args, inputs) => {
    const image = imageInput(args, inputs, rank);
    const filters = args.count("filters");
    const window = kernelWindow(args, rank);
    const extra = args.has("output_padding") ? args.sizes("output_padding", rank, 0) : undefined;
    const output = image.spatial.map((input, axis) => {
      const sizes = [input, window.size[axis], window.strides[axis], window.dilation[axis]] as const;
      return withSizes(sizes, (length, size, stride, dilation) =>
        transposedLength(length, (size - 1) * dilation + 1, stride, window.padding, extra?.[axis]),
      );
    });
    if (output.some((size) => size !== undefined && size < 1)) {
      const message = `kernel_size ${sizesText(window.size)} makes nothing of ${sizesText(image.spatial)}`;
      throw new Misfit({ code: "window-too-large", argument: "kernel_size", message, fixes: [] });
    }
    const kernel = [...window.size, filters, image.channels];
    const parameters = [weight("kernel", kernel), ...bias(args.flag("use_bias"), filters)];
    const multiplyAdds = product([...image.spatial, ...kernel]);
    const result = image.shape(window.padding === undefined ? Array<Size>(rank).fill(undefined) : output, filters);
    return {
      outputs: [result],
      parameters,
      multiplyAdds,
      reach: spread(window),
      formulas: () => [...parameterFormula(parameters), costFormula([...image.spatial, ...kernel], multiplyAdds)],
      catalogue: loweredTransposed(args, image, window, { filters, outputPadding: extra, output: result }),
    };
  });
}

interface Transposed {
  readonly filters: Size;
  readonly outputPadding: readonly Size[] | undefined;
  readonly output: TensorShape;
}

function loweredTransposed(
  args: LayerArguments,
  image: Image,
  window: Window,
  { filters, outputPadding, output }: Transposed,
): readonly CatalogueStep[] | undefined {
  const activation = catalogueActivation(args.get("activation"));
  const useBias = args.flag("use_bias");
  const extra = outputPadding && { outputPadding: alongBoth(outputPadding, 0) };
  const settings = { filters, ...catalogueWindow(window), ...extra, activation, useBias };
  return onImage(image, step("conv2dTranspose", settings, { args, weights: kernelAndBias(useBias) }), output);
}

function transposedLength(length: number, span: number, stride: number, padding: Window["padding"], extra: Size): number {
  const side = padding === "same" ? Math.floor(span / 2) : 0;
  if (extra !== undefined) return (length - 1) * stride + span - 2 * side + extra;
  return padding === "same" ? length * stride : length * stride + Math.max(span - stride, 0);
}

/** Each output sees ceil(size/stride) inputs, and steps from one to the next by a fraction of an input. */
function spread(window: Window) {
  const at = (axis: number): readonly [number, number] | undefined => {
    const size = window.size.at(axis);
    const stride = window.strides.at(axis);
    return size === undefined || stride === undefined ? undefined : [Math.ceil(size / stride), 1 / stride];
  };
  const rows = window.size.length === 1 ? at(0) : at(-2);
  const columns = window.size.length === 1 ? ([1, 1] as const) : at(-1);
  if (!rows || !columns) return "pointwise" as const;
  return {
    kernel: [rows[0], columns[0]],
    strides: [rows[1], columns[1]],
    dilation: [1, 1],
    padding: [0, 0, 0, 0],
  } as const;
}

export const CONVOLUTIONS: readonly KerasLayer[] = [
  convolution("Conv1D", 1),
  convolution("Conv2D", 2),
  convolution("Conv3D", 3),
  transposed("Conv1DTranspose", 1),
  transposed("Conv2DTranspose", 2),
  transposed("Conv3DTranspose", 3),
];
