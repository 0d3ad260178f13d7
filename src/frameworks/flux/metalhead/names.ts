import { native } from "../../../interpret/julia/natives.js";
import { type Call, NONE, unknown, type Value } from "../../../interpret/values.js";
import { HELPERS } from "./helpers.js";
import { inputScale } from "./inceptions.js";
import { TRANSFORMER_PARTS } from "./transformer.js";
import { ZOO } from "./zoo.js";

/** What Metalhead offers to programs, and its files to one another. */
export const METALHEAD: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...HELPERS,
  ...Object.entries(TRANSFORMER_PARTS),
  ["inputscale", native("inputscale", inputScale)],
  ...ZOO,
  ["backbone", native("backbone", ([model = NONE], call) => part(model, 0, call))],
  ["classifier", native("classifier", ([model = NONE], call) => part(model, 1, call))],
]);

/** Every model is a chain of these two. */
function part(model: Value, at: number, { interpreter }: Call): Value {
  const layers = interpreter.attribute(model, "layers");
  return (layers?.kind === "tuple" ? layers.items[at] : undefined) ?? unknown("the parts of this model are not known");
}
