import { derives } from "../../../interpret/natives.js";
import { neededParameters } from "../../../interpret/parameters.js";
import { type InterpreterApi, NONE, type Value } from "../../../interpret/values.js";
import type { SourceFramework } from "../../framework.js";
import { LAYER } from "./layerClasses.js";
import { KERAS_LIBRARY } from "./library.js";
import { builtWith, ownInputs } from "./models.js";
import { LayerState, layerState } from "./state.js";
import { KerasTensor } from "./tensors.js";
import { trainingOf } from "./training.js";

/** Whether a class of the program's own takes its inputs one by one: `call(self, X, state)`. Models of layers take a list of them. */
function takesSeveral(model: Value, interpreter: InterpreterApi): boolean {
  const call = interpreter.attribute(model, "call");
  if (call?.kind !== "method" || call.function.kind !== "function") return false;
  return neededParameters(call.function.tree).length > 2;
}

/** Keras 1, 2 and 3, and TensorFlow around it, as reading source files needs them. */
export const keras: SourceFramework = {
  framework: "keras",
  layout: "NHWC",
  languages: ["python"],
  library: KERAS_LIBRARY,
  isModel: (value) => {
    const state = layerState(value);
    return state !== undefined && !(state instanceof LayerState && state.row);
  },
  isModelClass: (value) => value.kind === "class" && value.place !== undefined && derives(value, LAYER),
  input: (example) => new KerasTensor([undefined, ...example]),
  ownInputs: (model) => {
    const built = model.kind === "instance" ? builtWith(model) : undefined;
    return ownInputs(model) ?? (built && [built]);
  },
  apply: (model, inputs, interpreter, place) => {
    const values = inputs.map((tensor): Value => ({ kind: "tensor", tensor }));
    const [first = NONE, ...others] = values;
    if (others.length === 0 || takesSeveral(model, interpreter)) return interpreter.call(model, [first, ...others], place);
    return interpreter.call(model, [{ kind: "list", items: values }], place);
  },
  training: trainingOf,
  habit: [224, 224, 3],
};
