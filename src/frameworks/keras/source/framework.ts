import { derives } from "../../../interpret/natives.js";
import { NONE, type Value } from "../../../interpret/values.js";
import type { SourceFramework } from "../../framework.js";
import { LAYER } from "./layerClasses.js";
import { KERAS_LIBRARY } from "./library.js";
import { builtWith, ownInputs } from "./models.js";
import { LayerState, layerState } from "./state.js";
import { KerasTensor } from "./tensors.js";
import { trainingOf } from "./training.js";

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
    return interpreter.call(model, [others.length > 0 ? { kind: "list", items: values } : first], place);
  },
  training: trainingOf,
  habit: [224, 224, 3],
};
