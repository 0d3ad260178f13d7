import type { Tensor, TensorShape } from "../../interpret/tensor.js";
import type { ClassValue, InterpreterApi, Value } from "../../interpret/values.js";
import { list } from "../../interpret/values.js";
import type { SourceFramework } from "../framework.js";
import { checkInputs } from "./inputs.js";
import { modelOf } from "./layer.js";
import { library } from "./library.js";
import { LAYERS_MODEL, lastMade, ownInputs } from "./models.js";
import { runLayer } from "./run.js";
import { trainingIn } from "./training.js";

/** TensorFlow.js: models of `tf.layers` in JavaScript and TypeScript. */
export const tfjs: SourceFramework = {
  framework: "tfjs",
  layout: "NHWC",
  languages: ["javascript"],
  library,
  isModel: (value) => modelOf(value) !== undefined,
  isModelClass: (value) => value.kind === "class" && value.place !== undefined && derivesFrom(value, LAYERS_MODEL),
  lastMade,
  input: (example: TensorShape): Tensor => ({ shape: [undefined, ...example], dtype: "float32" }),
  ownInputs: (model) => ownInputs(model),
  apply: (model: Value, inputs: readonly Tensor[], interpreter: InterpreterApi, place) => {
    if (model.kind !== "instance") return { kind: "unknown", why: "this is no model" };
    const run = { interpreter, place, recorded: true };
    const values = checkInputs(model, inputs, interpreter).map((tensor): Value => ({ kind: "tensor", tensor }));
    const argument = values.length === 1 && values[0] ? values[0] : list(values);
    return runLayer(model, argument, run);
  },
  trainingIn,
  habit: [224, 224, 3],
};

function derivesFrom(cls: ClassValue, base: ClassValue): boolean {
  return cls === base || cls.bases.some((each) => derivesFrom(each, base));
}
