import { type ArgumentsOf, boolean, optional } from "./arguments.js";
import { initializer, withFans } from "./initializer.js";
import type { Parameter } from "./kind.js";
import { regularizer, withPenalty } from "./regularizer.js";

/** Arguments of layers with a kernel and perhaps a bias. */
export const weightArguments = {
  useBias: optional(boolean("Adds a number of its own to each output channel. Needless before batchNormalization."), true),
  kernelInitializer: optional(initializer("How the kernel starts."), "glorotUniform"),
  biasInitializer: optional(initializer("How the bias starts."), "zeros"),
  kernelRegularizer: regularizer("Penalty on the kernel, added to the loss."),
  biasRegularizer: regularizer("Penalty on the bias, added to the loss."),
};

/** Kernel and bias of a layer; the kernel's last axis is its outputs. Fans are Keras': a bias of n numbers has n of both. */
export function weights(
  args: ArgumentsOf<typeof weightArguments>,
  kernel: readonly number[],
  fans: { readonly in: number; readonly out: number },
): Parameter[] {
  const outputs = kernel.at(-1) ?? 1;
  const kernelParameter = weight("kernel", kernel, withFans(args.kernelInitializer, fans.in, fans.out), args.kernelRegularizer);
  if (!args.useBias) return [kernelParameter];
  return [kernelParameter, weight("bias", [outputs], withFans(args.biasInitializer, outputs, outputs), args.biasRegularizer)];
}

/** A parameter that training changes. */
export function weight(
  name: string,
  shape: readonly number[],
  initializer: Parameter["initializer"],
  penalty: Parameter["penalty"] | undefined,
): Parameter {
  return { name, shape, trainable: true, initializer, ...withPenalty(penalty) };
}
