import { activation, type Steps, step } from "../../../interpret/steps.js";
import type { TensorShape } from "../../../interpret/tensor.js";
import type { WeightSource } from "../../../interpret/trace.js";
import { type Lowering, type Operands, onFirst } from "./operands.js";

/** Strides, dilation and padding of a window over an image. */
function windowOf({ attributes }: Operands) {
  const [, height = 1, width = 1] = attributes.wholes("strides") ?? [];
  const [, down = 1, across = 1] = attributes.wholes("dilations") ?? [];
  const explicit = attributes.wholes("explicit_paddings") ?? [];
  const around = [explicit.slice(2, 4), explicit.slice(4, 6)];
  const padding = { SAME: "same", VALID: "valid", EXPLICIT: around }[attributes.word("padding") ?? ""];
  return padding === undefined ? undefined : { strides: [height, width], dilationRate: [down, across], padding };
}

/** What the converter has merged into a convolution or a product, from the third input on; `layer` is undefined where that is no layer. */
export function fused(node: Operands, layer: (bias: WeightSource | undefined) => Steps | undefined): Steps | undefined {
  const [first, ...others] = node.attributes.words("fused_ops");
  const hasBias = first === "BiasAdd";
  const names = hasBias || first === undefined ? others : [first, ...others];
  const made = layer(hasBias ? node.source(2) : undefined);
  const [name, ...more] = names;
  if (more.length > 0 || !made) return undefined;
  if (name === undefined) return made;
  if (name === "LeakyRelu") return [...made, step("leakyReLU", { alpha: node.attributes.float("leakyrelu_alpha") ?? 0.2 })];
  if (name === "Prelu") return [...made, slope(node, hasBias ? 3 : 2, node.output)];
  const ours = FUSED[name];
  return ours === undefined ? undefined : [...made, activation(ours)];
}

const FUSED: Readonly<Record<string, string>> = { Relu: "relu", Relu6: "relu6", Elu: "elu", Sigmoid: "sigmoid", Tanh: "tanh" };

/** Slopes of a parametric rectified unit, shared along axes where there is one. */
export function slope(node: Operands, index: number, over: TensorShape) {
  const sizes = node.shape(index);
  const padded = [...Array<number>(Math.max(0, over.length - 1 - sizes.length)).fill(1), ...sizes].slice(1 - over.length);
  const sharedAxes = padded.flatMap((size, i) => (size === 1 ? [i + 1] : []));
  return step("pReLU", { sharedAxes }, { alpha: node.source(index) });
}

const convolution: Lowering = onFirst((node) => {
  const [height, width, perGroup, filters] = node.shape(1);
  const channels = node.input[3];
  const window = windowOf(node);
  if (!window || !node.isImage || !perGroup || !channels) return undefined;
  const args = { filters, kernelSize: [height, width], ...window, groups: channels / perGroup };
  return fused(node, (bias) => [step("conv2d", { ...args, useBias: !!bias }, { kernel: node.source(1), ...(bias && { bias }) })]);
});

const depthwise: Lowering = onFirst((node) => {
  const [height, width, , depthMultiplier] = node.shape(1);
  const window = windowOf(node);
  if (!window || !node.isImage) return undefined;
  const args = { kernelSize: [height, width], ...window, depthMultiplier };
  const kernel = { depthwise_kernel: node.source(1) };
  return fused(node, (bias) => [step("depthwiseConv2d", { ...args, useBias: !!bias }, { ...kernel, ...(bias && { bias }) })]);
});

/** The way back of a convolution: sizes, kernel, then what is computed. */
const transposed: Lowering = (node) => {
  const [height, width, filters] = node.shape(1);
  const window = windowOf(node);
  const isImage = node.input.length === 4 && node.attributes.word("data_format") !== "NCHW";
  if (!window || !isImage || node.isStored(2) || !node.isStored(1) || !height || !width) return undefined;
  const sides = [height, width].map((size, axis) => {
    const [from, to] = [node.input[axis + 1], node.output[axis + 1]];
    const total = from === undefined || to === undefined ? Number.NaN : (window.strides[axis] ?? 1) * (from - 1) + size - to;
    const before = Math.floor(Math.max(0, total) / 2);
    return { padding: [before, Math.max(0, total) - before], extra: Math.max(0, -total) };
  });
  const args = { filters, kernelSize: [height, width], strides: window.strides, useBias: false };
  const placed = { padding: sides.map(({ padding }) => padding), outputPadding: sides.map(({ extra }) => extra) };
  return [step("conv2dTranspose", { ...args, ...placed }, { kernel: node.source(1) })];
};

const pool = (type: string): Lowering =>
  onFirst((node) => {
    const [, height, width] = node.attributes.wholes("ksize") ?? [];
    const window = windowOf(node);
    if (!window || !node.isImage) return undefined;
    return [step(type, { poolSize: [height, width], strides: window.strides, padding: window.padding })];
  });

const resize = (interpolation: "nearest" | "bilinear"): Lowering =>
  onFirst(({ attributes, output: [, height, width] }) => {
    const [alignCorners, halfPixel] = [attributes.flag("align_corners"), attributes.flag("half_pixel_centers")];
    // Without either, pixels begin where those they came from begin: the nearest one is ours, what lies between is not.
    const fits = interpolation === "nearest" ? !alignCorners && !halfPixel : alignCorners || halfPixel;
    return fits ? [step("resizing", { height, width, interpolation, ...(interpolation === "bilinear" && { alignCorners }) })] : undefined;
  });

export const WINDOWS: Readonly<Record<string, Lowering>> = {
  Conv2D: convolution,
  _FusedConv2D: convolution,
  FusedConv2D: convolution,
  DepthwiseConv2dNative: depthwise,
  DepthwiseConv2d: depthwise,
  FusedDepthwiseConv2dNative: depthwise,
  Conv2DBackpropInput: transposed,
  MaxPool: pool("maxPooling2d"),
  AvgPool: pool("averagePooling2d"),
  ResizeBilinear: resize("bilinear"),
  ResizeNearestNeighbor: resize("nearest"),
};
