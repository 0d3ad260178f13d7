import type { CatalogueStep } from "../../../interpret/trace.js";
import type { LayerArguments } from "./arguments.js";
import { catalogueActivation, step } from "./catalogue.js";
import { isArray } from "./data.js";
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

const named = (activation: string) => step("activation", { activation });

const prelu = layer("PReLU", { alpha_initializer: "zeros", shared_axes: null }, (args, [input]) => {
  const axes = args.get("shared_axes");
  const shared: readonly unknown[] = isArray(axes) ? axes : axes === null ? [] : [axes];
  const sizes = input ? input.slice(1).map((size, i) => (shared.includes(i + 1) ? 1 : size)) : [undefined];
  const parameters = [weight("alpha", sizes)];
  return { outputs: [input], parameters, formulas: () => parameterFormula(parameters) };
});

export const ACTIVATIONS: readonly KerasLayer[] = [
  pointwise("Activation", { activation: REQUIRED }, (args) =>
    step("activation", { activation: catalogueActivation(args.get("activation")) }),
  ),
  pointwise("ReLU", { max_value: null, negative_slope: 0, threshold: 0 }, (args) =>
    args.get("max_value") === null && !args.number("negative_slope") && !args.number("threshold") ? named("relu") : undefined,
  ),
  // Called alpha before Keras 3. Ours has the slope of Keras 2 and TensorFlow.js.
  pointwise("LeakyReLU", { negative_slope: 0.3, alpha: null }, (args) =>
    (args.number("alpha") ?? args.number("negative_slope")) === 0.3 ? named("leakyReLU") : undefined,
  ),
  pointwise("ELU", { alpha: 1 }, (args) => (args.number("alpha") === 1 ? named("elu") : undefined)),
  pointwise("ThresholdedReLU", { theta: 1 }),
  pointwise("Softmax", { axis: -1 }, (args) => (args.number("axis") === -1 ? named("softmax") : undefined)),
  prelu,
];
