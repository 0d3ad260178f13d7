import type { CatalogueStep } from "../../../interpret/trace.js";
import type { Value } from "../../../interpret/values.js";

/** Activations as our own catalogue calls them. */
const NAMES: Readonly<Record<string, string>> = {
  identity: "linear",
  relu: "relu",
  elu: "elu",
  sigmoid: "sigmoid",
  σ: "sigmoid",
  tanh: "tanh",
  softmax: "softmax",
  softplus: "softplus",
  swish: "swish",
};

/** What a layer's last argument, its activation, adds to the step: undefined where the catalogue has nothing like it. */
export function activationStep(activation: Value | undefined): readonly CatalogueStep[] | undefined {
  if (!activation) return [];
  const name = activation.kind === "native" ? NAMES[activation.name] : undefined;
  if (name === undefined) return undefined;
  return name === "linear" ? [] : [{ type: "activation", args: { activation: name } }];
}

/** The steps of a layer and of its activation. */
export function withActivation(step: CatalogueStep | undefined, activation: Value | undefined): readonly CatalogueStep[] | undefined {
  const after = activationStep(activation);
  return step && after ? [step, ...after] : undefined;
}
