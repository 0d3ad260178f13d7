import { product, withSizes } from "../../../interpret/sizes.js";
import type { Size } from "../../../interpret/tensor.js";
import type { Args } from "../core/args.js";
import { type Start, TorchTensor } from "../core/tensor.js";

/** Numbers that a weight multiplies for one output, as torch.nn.init counts: all axes of [out, in, ...] but the first. */
export function fanIn(shape: readonly Size[]): Size {
  return product(shape.slice(1));
}

/** Numbers that one input goes to: all axes of [out, in, ...] but the second. */
export function fanOut(shape: readonly Size[]): Size {
  return product([shape[0], ...shape.slice(2)]);
}

/** Uniformly up to a bound on both sides. */
export function within(bound: number): Start {
  return { type: "randomUniform", minval: -bound, maxval: bound };
}

/**
 * How the weights of Linear and the convolutions start: as the program says, else uniformly within 1/sqrt(fan in), the bias too
 * (kaiming_uniform with a = sqrt(5)).
 */
export function startingWeights(args: Args): Readonly<Record<string, unknown>> {
  // The catalogue counts the inputs of a kernel as PyTorch does, but for transposed convolutions.
  const kernel = { type: "varianceScaling", scale: 1 / 3, mode: "fanIn", distribution: "uniform" };
  return startingAround(args, kernel);
}

/** The same of transposed convolutions, whose weights are [in, out, ...]: PyTorch takes what it calls fan in all the same. */
export function startingTransposed(args: Args): Readonly<Record<string, unknown>> {
  return startingAround(args, undefined);
}

function startingAround(args: Args, kernel: Start | undefined): Readonly<Record<string, unknown>> {
  const bound = withSizes([fanIn(args.shape("weight") ?? [undefined, undefined])], (fan) => 1 / Math.sqrt(fan));
  const usual = within(bound === undefined || !Number.isFinite(bound) ? 0 : bound);
  const useBias = !args.isNone("bias");
  return {
    useBias,
    kernelInitializer: startOf(args, "weight") ?? kernel ?? usual,
    ...(useBias && { biasInitializer: startOf(args, "bias") ?? usual }),
  };
}

/** How the program says that a weight starts; undefined where it leaves that to the layer. */
export function startOf(args: Args, name: string): Start | undefined {
  const tensor = args.tensor(name);
  return tensor instanceof TorchTensor ? tensor.start : undefined;
}

/** Arguments for initializers that the program has set. */
export function ownStarts(args: Args, names: Readonly<Record<string, string>>): Readonly<Record<string, Start>> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([argument, name]): [string, Start][] => {
      const start = startOf(args, name);
      return start ? [[argument, start]] : [];
    }),
  );
}
