import type { SourceFramework } from "../framework.js";
import { TorchTensor } from "./core/tensor.js";
import { PYTORCH_LIBRARY } from "./library/library.js";
import { parameterCount } from "./modules/module.js";
import { isModule, isModuleClass } from "./modules/moduleClass.js";

/** PyTorch and torchvision as reading source files needs them. */
export const pytorch: SourceFramework = {
  framework: "pytorch",
  layout: "NCHW",
  languages: ["python"],
  library: PYTORCH_LIBRARY,
  isModel: isModule,
  isModelClass: (value) => value.kind === "class" && isModuleClass(value),
  input: (example) => new TorchTensor([1, ...example]),
  ownInputs: () => undefined,
  apply: (model, inputs, interpreter, place) =>
    interpreter.call(
      model,
      inputs.map((tensor) => ({ kind: "tensor", tensor })),
      place,
    ),
  parameterCount: (model) => (isModule(model) ? parameterCount(model) : undefined),
  habit: [3, 224, 224],
};
