import type { CatalogueStep } from "../../../interpret/trace.js";
import type { LayerArguments } from "./arguments.js";
import { axisOf } from "./axes.js";
import { alongLast, catalogueActivation, step } from "./catalogue.js";
import { type Datum, isArray } from "./data.js";
import { type KerasLayer, layer, REQUIRED, type Signature } from "./layer.js";
import { parameterFormula, weight } from "./parameters.js";

/** Layers that keep the shape and have no weights. */
export function pointwise(
  className: string,
  signature: Signature,
  catalogue?: (args: LayerArguments) => readonly CatalogueStep[] | undefined,
): KerasLayer {
  return layer(className, signature, (args, [input]) => ({ outputs: [input], catalogue: catalogue?.(args) }));
}

function relu(args: LayerArguments): readonly CatalogueStep[] | undefined {
  if (args.number("threshold") !== 0) return undefined;
  const slope = args.number("negative_slope");
  const most = args.get("max_value");
  if (most === null) return slope === 0 ? named("relu") : step("leakyReLU", { alpha: slope });
  return most === 6 && slope === 0 ? named("relu6") : undefined;
}

const named = (activation: string) => step("activation", { activation });

const prelu = layer("PReLU", { alpha_initializer: "zeros", alpha_regularizer: null, shared_axes: null }, (args, [input]) => {
  const axes = args.get("shared_axes");
  const shared: readonly Datum[] = isArray(axes) ? axes : axes === null ? [] : [axes];
  const sizes = input ? input.slice(1).map((size, i) => (shared.includes(i + 1) ? 1 : size)) : [undefined];
  const parameters = [weight("alpha", sizes)];
  const catalogue = step("pReLU", { sharedAxes: shared }, { args, weights: ["alpha"] });
  return { outputs: [input], parameters, formulas: () => parameterFormula(parameters), catalogue };
});

export const ACTIVATIONS: readonly KerasLayer[] = [
  pointwise("Activation", { activation: REQUIRED }, (args) =>
    step("activation", { activation: catalogueActivation(args.get("activation")) }),
  ),
  pointwise("ReLU", { max_value: null, negative_slope: 0, threshold: 0 }, relu),
  // Called alpha before Keras 3.
  pointwise("LeakyReLU", { negative_slope: 0.3, alpha: null }, (args) =>
    step("leakyReLU", { alpha: args.number("alpha") ?? args.number("negative_slope") }),
  ),
  pointwise("ELU", { alpha: 1 }, (args) => step("eLU", { alpha: args.number("alpha") })),
  pointwise("ThresholdedReLU", { theta: 1 }),
  layer("Softmax", { axis: -1 }, (args, [input]) => {
    const axis = args.number("axis");
    const position = axis === undefined || !input ? undefined : axisOf(axis, input);
    const catalogue = position === undefined || !input ? undefined : alongLast(position, input.length, named("softmax"));
    return { outputs: [input], catalogue };
  }),
  prelu,
];
