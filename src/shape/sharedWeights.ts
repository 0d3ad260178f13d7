import type { Inferred, LayerProblem, LayerShape } from "../layers/kind.js";
import { shapeText } from "../layers/words.js";
import type { Layer } from "../model/network.js";
import type { InferredLayer } from "./types.js";

/** The shape of a layer that uses the weights of another: it has none of its own. `owner` is undefined where it is not known. */
export function withWeightsOf(layer: Layer, shape: LayerShape, owner: InferredLayer | undefined): Inferred {
  const problem = owner?.shape && misfit(layer, shape, owner.layer, owner.shape);
  return problem ? { ok: false, error: problem } : { ok: true, value: { ...shape, parameters: [] } };
}

function misfit({ kind }: Layer, shape: LayerShape, owner: Layer, theirs: LayerShape): LayerProblem | undefined {
  const wrong = (message: string, fixes: LayerProblem["fixes"] = []) => ({ code: "wrong-weights", argument: "weightsOf", message, fixes });
  if (kind !== owner.kind) return wrong(`uses the weights of ${owner.name}, which is of type ${owner.kind.type}; name a ${kind.type}`);
  if (owner.weightsOf !== undefined) {
    const fixes = [{ title: `Use the weights of ${owner.weightsOf}`, set: { weightsOf: owner.weightsOf } }];
    return wrong(`uses the weights of ${owner.name}, which are those of ${owner.weightsOf}; name ${owner.weightsOf}`, fixes);
  }
  if (shape.parameters.length === 0)
    return wrong(`uses the weights of ${owner.name}, but layers of type ${kind.type} as this one have none`);
  for (const { name, shape: wanted } of shape.parameters) {
    const has = theirs.parameters.find((parameter) => parameter.name === name);
    if (has && shapeText(has.shape) === shapeText(wanted)) continue;
    const given = has ? `that of ${owner.name} is ${shapeText(has.shape)}` : `${owner.name} has none`;
    return wrong(`needs a ${name} of ${shapeText(wanted)}, but ${given}; give both the same arguments and inputs of equal depth`);
  }
  return undefined;
}
