import { type ArgumentsOf, boolean, optional } from "./arguments.js";
import { initializer, withFans } from "./initializer.js";
import type { Parameter } from "./kind.js";
import { regularizer, withPenalty } from "./regularizer.js";

/** Argument of every layer with weights. */
export const trainableArgument = {
  trainable: optional(boolean("Training changes the weights of this layer; false freezes them as they are."), true),
};

/** Arguments of layers that may add a number to each output channel. */
export const biasArguments = {
  useBias: optional(boolean("Adds a number of its own to each output channel. Needless before batchNormalization."), true),
  biasInitializer: optional(initializer("How the bias starts."), "zeros"),
  biasRegularizer: regularizer("Penalty on the bias, added to the loss."),
};

/** Arguments of layers with a kernel and perhaps a bias. */
export const weightArguments = {
  ...biasArguments,
  kernelInitializer: optional(initializer("How the kernel starts."), "glorotUniform"),
  kernelRegularizer: regularizer("Penalty on the kernel, added to the loss."),
  ...trainableArgument,
};

/** Kernel and bias of a layer; the kernel's last axis is its outputs. Fans are Keras': a bias of n numbers has n of both. */
export function weights(
  args: ArgumentsOf<typeof weightArguments>,
  kernel: readonly number[],
  fans: { readonly in: number; readonly out: number },
): Parameter[] {
  return [
    weight("kernel", kernel, withFans(args.kernelInitializer, fans.in, fans.out), args, args.kernelRegularizer),
    ...biases(args, kernel.at(-1) ?? 1),
  ];
}

/** The bias of a layer with this many output channels, where it has one. */
export function biases(args: ArgumentsOf<typeof biasArguments & typeof trainableArgument>, channels: number): Parameter[] {
  return args.useBias ? [weight("bias", [channels], withFans(args.biasInitializer, channels, channels), args, args.biasRegularizer)] : [];
}

/** A parameter that training changes, unless it is frozen: its penalty would then be the same at every step, and is left out. */
export function weight(
  name: string,
  shape: readonly number[],
  initializer: Parameter["initializer"],
  { trainable }: ArgumentsOf<typeof trainableArgument>,
  penalty: Parameter["penalty"] | undefined,
): Parameter {
  return { name, shape, trainable, initializer, ...(trainable && withPenalty(penalty)) };
}
