import { activationSteps } from "../../../interpret/julia/arrays/elementwise.js";
import type { Steps } from "../../../interpret/steps.js";
import type { CatalogueStep } from "../../../interpret/trace.js";
import type { Value } from "../../../interpret/values.js";

/** The steps of a layer and of its last argument, its activation: undefined where the catalogue has nothing like it. */
export function withActivation(steps: Steps | CatalogueStep | undefined, activation: Value | undefined): Steps | undefined {
  const after = activation ? (activation.kind === "native" ? activationSteps(activation.name) : undefined) : [];
  if (!steps || !after) return undefined;
  return [...(isSteps(steps) ? steps : [steps]), ...after];
}

function isSteps(steps: Steps | CatalogueStep): steps is Steps {
  return Array.isArray(steps);
}
