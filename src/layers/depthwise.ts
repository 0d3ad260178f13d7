import type { Value } from "../program/types.js";
import { type ArgumentsOf, count, optional } from "./arguments.js";
import { kernelArguments, kernelWindow } from "./convolution.js";
import { type ImageShape, imageOf } from "./image.js";
import { initializer, withFans } from "./initializer.js";
import type { LowerContext, Parameter } from "./kind.js";
import { regularizer } from "./regularizer.js";
import { trainableArgument, weight } from "./weights.js";
import { placeWindow } from "./window.js";

/** Arguments of a convolution of each channel by itself. */
export const depthwiseArguments = {
  ...kernelArguments,
  depthMultiplier: optional(count("Kernels for each input channel, and so output channels that come of one."), 1),
  depthwiseInitializer: optional(initializer("How the depthwise kernel starts."), "glorotUniform"),
  depthwiseRegularizer: regularizer("Penalty on the depthwise kernel, added to the loss."),
  ...trainableArgument,
};

type DepthwiseArguments = ArgumentsOf<typeof depthwiseArguments>;

/** The kernels, [height, width, channels, depthMultiplier]; fans are counted as Keras counts them, over all channels. */
export function depthwiseKernel(args: DepthwiseArguments, [, , channels]: ImageShape): Parameter {
  const [height, width] = args.kernelSize;
  const shape = [height, width, channels, args.depthMultiplier];
  const area = height * width;
  const start = withFans(args.depthwiseInitializer, area * channels, area * args.depthMultiplier);
  return weight("depthwise_kernel", shape, start, args, args.depthwiseRegularizer);
}

/** Convolves each channel by itself; those that come of one channel lie beside each other. */
export function lowerDepthwise(args: DepthwiseArguments, x: Value, { builder, parameter }: LowerContext): Value {
  const image = imageOf(x);
  const [, , channels] = image;
  const kernel = builder.reshape(parameter("depthwise_kernel"), [...args.kernelSize, 1, channels * args.depthMultiplier]);
  const { padding } = placeWindow(image, kernelWindow(args));
  return builder.conv2d(x, kernel, { strides: args.strides, dilation: args.dilationRate, padding, groups: channels });
}
