import { elementCount } from "../program/shapes.js";
import type { Value } from "../program/types.js";
import { type ArgumentsOf, boolean, number, optional } from "./arguments.js";
import { parametersFormula } from "./convolution.js";
import { initializer, withFans } from "./initializer.js";
import type { Formula, LowerContext, Parameter } from "./kind.js";
import { regularizer } from "./regularizer.js";
import { trainableArgument, weight } from "./weights.js";

/** Arguments of layers that normalize, and then scale by gamma and shift by beta. */
export const affineArguments = {
  epsilon: optional(number("Added to the variance, so that nothing is divided by zero.", { above: 0 }), 0.001),
  center: optional(boolean("Adds beta, learned."), true),
  scale: optional(boolean("Multiplies by gamma, learned."), true),
  betaInitializer: optional(initializer("How beta starts."), "zeros"),
  gammaInitializer: optional(initializer("How gamma starts."), "ones"),
  betaRegularizer: regularizer("Penalty on beta, added to the loss."),
  gammaRegularizer: regularizer("Penalty on gamma, added to the loss."),
  ...trainableArgument,
};

type AffineArguments = ArgumentsOf<typeof affineArguments>;

/** Gamma and beta of this shape, as far as the layer has them. */
export function affineParameters(args: AffineArguments, shape: readonly number[]): Parameter[] {
  const count = elementCount(shape);
  return [
    ...(args.scale ? [weight("gamma", shape, withFans(args.gammaInitializer, count, count), args, args.gammaRegularizer)] : []),
    ...(args.center ? [weight("beta", shape, withFans(args.betaInitializer, count, count), args, args.betaRegularizer)] : []),
  ];
}

/** How many gamma and beta are, `each` saying one's size as arithmetic; nothing where the layer has neither. */
export function affineFormulas(parameters: readonly Parameter[], each: string): Formula[] {
  const sizes = parameters.map(() => each);
  return sizes.length === 0 ? [] : [parametersFormula(sizes, parameters)];
}

/** Scales and shifts x, with whose last axes gamma and beta agree. */
export function affine({ scale, center }: AffineArguments, x: Value, { builder, parameter }: LowerContext): Value {
  const scaled = scale ? builder.multiply(x, parameter("gamma")) : x;
  return center ? builder.add(scaled, parameter("beta")) : scaled;
}
