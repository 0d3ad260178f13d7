import type { ModuleValue, Value } from "../../../interpret/values.js";
import { moduleOf } from "../library/modules.js";
import { INTERNALS, OPS } from "./ops.js";
import { ZOO } from "./zoo.js";

const OPS_MODULE: ModuleValue = moduleOf("torchvision.ops", OPS, (name) =>
  ["misc", "stochastic_depth"].includes(name) ? moduleOf("torchvision.ops.misc", OPS) : undefined,
);

const WITH_INTERNALS = (name: string, members: ReadonlyMap<string, Value>) => moduleOf(name, new Map([...INTERNALS, ...members]));

/** torchvision.models: a function for each network. Files of one family ("torchvision.models.resnet") have the same names. */
const MODELS: ModuleValue = moduleOf("torchvision.models", ZOO, (name) => {
  if (name === "_utils" || name === "_api") return WITH_INTERNALS(`torchvision.models.${name}`, ZOO);
  return FAMILIES.has(name) ? moduleOf(`torchvision.models.${name}`, ZOO) : undefined;
});

const FAMILIES = new Set(
  "resnet vgg squeezenet mobilenet mobilenetv2 mobilenetv3 densenet inception googlenet shufflenetv2 efficientnet mnasnet convnext regnet vision_transformer swin_transformer".split(
    " ",
  ),
);

export const TORCHVISION: ModuleValue = moduleOf(
  "torchvision",
  new Map<string, Value>([
    ["models", MODELS],
    ["ops", OPS_MODULE],
    ["utils", moduleOf("torchvision.utils", INTERNALS)],
  ]),
);

/** A module by a relative name, as the sources of torchvision.models import it; the file beside is not there. */
export function torchvisionFile(name: string): ModuleValue | undefined {
  switch (name.replace(/^\.+/, "")) {
    case "ops":
    case "ops.misc":
    case "ops.stochastic_depth":
      return OPS_MODULE;
    case "utils":
    case "_api":
    case "_utils":
    case "_meta":
      return moduleOf(name, INTERNALS);
    default:
      return undefined;
  }
}
