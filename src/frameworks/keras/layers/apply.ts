import { err, ok, type Result } from "../../../base/result.js";
import type { Outcome } from "../../../interpret/trace.js";
import type { LayerProblem } from "../../../layers/kind.js";
import { LayerArguments } from "./arguments.js";
import { frozen } from "./catalogue.js";
import type { LayerData } from "./data.js";
import { type Inference, type InputShapes, type KerasLayer, Misfit } from "./layer.js";

/** What a layer with these arguments makes of inputs of these shapes; or what Keras would refuse, without the layer's name in front. */
export function applyKerasLayer(layer: KerasLayer, data: LayerData, inputs: InputShapes): Result<Outcome, LayerProblem> {
  try {
    const made = outcome(layer.infer(new LayerArguments(layer, data), inputs));
    const isFrozen = data["trainable"] === false;
    return ok(isFrozen && made.catalogue ? { ...made, catalogue: frozen(made.catalogue) } : made);
  } catch (error) {
    if (error instanceof Misfit) return err(error.problem);
    throw error;
  }
}

function outcome({ outputs, parameters = [], reach = "pointwise", formulas = () => [], catalogue, ...rest }: Inference): Outcome {
  const multiplyAdds = "multiplyAdds" in rest ? rest.multiplyAdds : 0;
  return { outputs, parameters, reach, formulas, catalogue, multiplyAdds };
}
