import { CALL } from "../../interpret/julia/structs.js";
import type { Tensor } from "../../interpret/tensor.js";
import { type FunctionValue, unknown, type Value } from "../../interpret/values.js";
import type { SourceFramework } from "../framework.js";
import { layerOf } from "./layer.js";
import { fluxLibrary } from "./library.js";
import { namePaths } from "./paths.js";
import { trainingIn } from "./training.js";

/** Julia's Flux: images are width x height x channels, and the batch comes last. */
export const flux: SourceFramework = {
  framework: "flux",
  layout: "WHCN",
  languages: ["julia"],
  library: fluxLibrary,
  containers: ["Chain", "Maxout", "PairwiseFusion", "Parallel", "SkipConnection"],
  isModel: (value) => layerOf(value) !== undefined || (value.kind === "instance" && isCallable(value.class.members.get(CALL))),
  isModelClass: (value) => value.kind === "class" && value.place !== undefined && isCallable(value.members.get(CALL)),
  input: (example) => ({ shape: [...example, 1], dtype: "float32" }),
  ownInputs: () => undefined,
  apply(model, inputs, interpreter, place) {
    namePaths(model);
    const given = inputs.map((tensor): Value => ({ kind: "tensor", tensor }));
    return interpreter.call(model, [...given, ...missing(model, inputs)], place);
  },
  trainingIn,
  habit: [224, 224, 3],
};

function isCallable(value: Value | undefined): value is FunctionValue {
  return value?.kind === "function";
}

/** What a model takes beside the inputs that are known: the time step of a diffusion model, for example. */
function missing(model: Value, inputs: readonly Tensor[]): Value[] {
  const method = model.kind === "instance" ? model.class.members.get(CALL) : undefined;
  if (!isCallable(method)) return [];
  const needed = method.tree.parameters.filter(({ kind, fallback }) => kind === "normal" && !fallback).length - 1;
  return Array.from({ length: Math.max(0, needed - inputs.length) }, () => unknown("this input of the model is not known"));
}
