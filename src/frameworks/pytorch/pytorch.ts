import { derives } from "../../interpret/natives.js";
import type { ClassValue } from "../../interpret/values.js";
import type { SourceFramework } from "../framework.js";
import { inherited } from "./core/native.js";
import { TorchTensor } from "./core/tensor.js";
import { PYTORCH_LIBRARY } from "./library/library.js";
import { parameterCount } from "./modules/module.js";
import { isModule, isModuleClass } from "./modules/moduleClass.js";
import { LOSSES } from "./modules/simple.js";
import { trainingIn } from "./training.js";

/** PyTorch and torchvision as reading source files needs them. */
export const pytorch: SourceFramework = {
  framework: "pytorch",
  layout: "NCHW",
  languages: ["python"],
  library: PYTORCH_LIBRARY,
  isModel: (value) => isModule(value) && isApplied(value.class),
  isModelClass: (value) => value.kind === "class" && isModuleClass(value) && isApplied(value),
  input: (example) => new TorchTensor([1, ...example]),
  ownInputs: () => undefined,
  apply: (model, inputs, interpreter, place) =>
    interpreter.call(
      model,
      inputs.map((tensor) => ({ kind: "tensor", tensor })),
      place,
    ),
  parameterCount: (model) => (isModule(model) ? parameterCount(model) : undefined),
  trainingIn,
  habit: [3, 224, 224],
};

/** Whether instances are applied to a model's input: criteria aren't, nor what has no `forward`. */
function isApplied(cls: ClassValue): boolean {
  return inherited(cls, "forward") !== undefined && !LOSSES.some((loss) => derives(cls, loss));
}
