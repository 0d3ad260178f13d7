import type { Padding, Pair } from "../../program/types.js";
import type { Activation } from "../activation.js";
import { conv2d } from "../conv2d.js";
import { depthwiseConv2d } from "../depthwiseConv2d.js";
import { separableConv2d } from "../separableConv2d.js";
import { splitActivation } from "./activations.js";
import { describe, type Entry } from "./entry.js";
import { inflate, joinGroups } from "./kernels.js";
import { zeroPadding } from "./padding.js";
import { TRANSPOSING } from "./transposing.js";
import { CHANNELS_LAST, plain, type TfjsDescription, type TfjsLayer, type TfjsWeight } from "./types.js";

/** Convolutions of all kinds. */
export const CONVOLVING: readonly Entry[] = [
  describe(conv2d, (args, { weight }) => {
    // TF.js has either strides or dilation, never both.
    const isInflated = Math.max(...args.strides) > 1 && Math.max(...args.dilationRate) > 1;
    const joined = joinGroups(weight("kernel"), args.groups);
    const kernel = isInflated ? inflate(joined, args.dilationRate) : joined;
    const config = { filters: args.filters, dilation_rate: isInflated ? [1, 1] : args.dilationRate };
    return convolution("Conv2D", args, config, [kernel, ...(args.useBias ? [weight("bias")] : [])]);
  }),
  describe(depthwiseConv2d, (args, { weight }) => {
    // TF.js takes the result of a dilated one to be as large as without the dilation.
    const kernel = inflate(weight("depthwise_kernel"), args.dilationRate);
    const config = { depth_multiplier: args.depthMultiplier };
    return convolution("DepthwiseConv2D", args, config, [kernel, ...(args.useBias ? [weight("bias")] : [])]);
  }),
  describe(separableConv2d, (args, { weight }) => {
    const kernels = [inflate(weight("depthwise_kernel"), args.dilationRate), weight("pointwise_kernel")];
    const config = { filters: args.filters, depth_multiplier: args.depthMultiplier };
    return convolution("SeparableConv2D", args, config, [...kernels, ...(args.useBias ? [weight("bias")] : [])]);
  }),
  TRANSPOSING,
];

interface ConvolutionArguments {
  readonly strides: Pair;
  readonly padding: "same" | "valid" | Padding;
  readonly useBias: boolean;
  readonly activation: Activation;
}

/** What all of them have in common; the first weight is the kernel that moves over the image. */
function convolution(
  className: string,
  { strides, useBias, ...args }: ConvolutionArguments,
  own: Readonly<Record<string, unknown>>,
  weights: readonly TfjsWeight[],
): TfjsDescription {
  const { padding, before } = paddingBefore(args.padding);
  const activated = splitActivation(args.activation);
  if ("refused" in activated) return activated;
  const kernelSize = weights[0]?.shape.slice(0, 2);
  const shared = { ...CHANNELS_LAST, kernel_size: kernelSize, strides, padding, use_bias: useBias, activation: activated.own };
  return { ...before, main: plain(className, { ...shared, ...own }, weights), ...activated.after };
}

function paddingBefore(padding: "same" | "valid" | Padding): { padding: "same" | "valid"; before?: { before: TfjsLayer } } {
  if (typeof padding === "string") return { padding };
  return padding.some((size) => size > 0) ? { padding: "valid", before: { before: zeroPadding(padding) } } : { padding: "valid" };
}
