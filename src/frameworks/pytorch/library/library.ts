import type { Library } from "../../../interpret/library.js";
import type { ModuleValue } from "../../../interpret/values.js";
import { TENSOR_OPERATORS } from "../tables/tensorOperators.js";
import { TORCHVISION, torchvisionFile } from "../torchvision/library.js";
import { kin } from "./kin.js";
import { NN } from "./nn.js";
import { TORCH } from "./torch.js";

/** Modules of torch and torchvision; a relative one ("..ops.misc") is what torchvision's own sources mean by it. */
export const PYTORCH_LIBRARY: Library = {
  module: (name) => {
    if (name.startsWith(".")) return torchvisionFile(name);
    const [first = "", ...rest] = name.split(".");
    if (name.startsWith("torch.nn.modules")) return NN;
    const root = first === "torch" ? TORCH : first === "torchvision" ? TORCHVISION : undefined;
    if (!root) return kin(name);
    return rest.reduce<ModuleValue | undefined>((module, part) => {
      const found = module?.get(part);
      return found?.kind === "module" ? found : undefined;
    }, root);
  },
  tensors: TENSOR_OPERATORS,
};
