import { product } from "../../interpret/sizes.js";
import type { Size, TensorShape } from "../../interpret/tensor.js";
import type { Attributes } from "./nodes.js";
import { type Operation, shaped } from "./operation.js";

/** Channels first or last, as an attribute says. */
const channelsFirst = (attributes: Attributes): boolean => attributes.word("data_format") === "NCHW";

/** TensorFlow's GetWindowedOutputSize. */
function slid(size: Size, window: Size, stride: number, dilation: number, padding: string | undefined, around: Size): Size {
  if (size === undefined) return undefined;
  if (padding === "SAME") return Math.ceil(size / stride);
  if (window === undefined || padding === undefined || around === undefined) return undefined;
  return Math.floor((size + around - ((window - 1) * dilation + 1)) / stride) + 1;
}

function windowed(
  input: TensorShape | undefined,
  window: readonly [Size, Size],
  channels: Size,
  attributes: Attributes,
): TensorShape | undefined {
  if (input?.length !== 4) return undefined;
  const first = channelsFirst(attributes);
  const at = first ? 2 : 1;
  const strides = attributes.wholes("strides");
  const dilations = attributes.wholes("dilations");
  const padding = attributes.word("padding");
  const explicit = attributes.wholes("explicit_paddings");
  const spatial = [0, 1].map((axis) => {
    const around = padding === "EXPLICIT" ? (explicit?.[2 * (at + axis)] ?? 0) + (explicit?.[2 * (at + axis) + 1] ?? 0) : 0;
    return slid(input[at + axis], window[axis as 0 | 1], strides?.[at + axis] ?? 1, dilations?.[at + axis] ?? 1, padding, around);
  });
  return first ? [input[0], channels, ...spatial] : [input[0], ...spatial, channels];
}

const convolution =
  (depthwise: boolean): Operation =>
  (inputs, attributes) => {
    const kernel = inputs.shape(1);
    const channels = depthwise ? product([kernel?.[2], kernel?.[3]]) : kernel?.[3];
    return shaped(windowed(inputs.shape(0), [kernel?.[0], kernel?.[1]], channels, attributes));
  };

const pooling: Operation = (inputs, attributes) => {
  const shape = inputs.shape(0);
  const [window, first] = [attributes.wholes("ksize"), channelsFirst(attributes)];
  return shaped(
    windowed(shape, first ? [window?.[2], window?.[3]] : [window?.[1], window?.[2]], first ? shape?.[1] : shape?.[3], attributes),
  );
};

/** The shape of what comes out is the first input. */
const transposed: Operation = (inputs) => {
  const sizes = inputs.values(0);
  return shaped(sizes ?? (inputs.shape(2)?.length === 4 ? [inputs.shape(2)?.[0], undefined, undefined, inputs.shape(1)?.[2]] : undefined));
};

const resize: Operation = (inputs) => {
  const shape = inputs.shape(0);
  const size = inputs.values(1);
  return shaped(shape && [shape[0], size?.[0], size?.[1], shape[3]]);
};

export const WINDOWS: Readonly<Record<string, Operation>> = {
  Conv2D: convolution(false),
  _FusedConv2D: convolution(false),
  FusedConv2D: convolution(false),
  DepthwiseConv2dNative: convolution(true),
  DepthwiseConv2d: convolution(true),
  FusedDepthwiseConv2dNative: convolution(true),
  Conv2DBackpropInput: transposed,
  MaxPool: pooling,
  AvgPool: pooling,
  MaxPoolWithArgmax: (inputs, attributes) => [...pooling(inputs, attributes), ...pooling(inputs, attributes)],
  ResizeBilinear: resize,
  ResizeNearestNeighbor: resize,
};
