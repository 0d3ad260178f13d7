import { type NativeFunction, unknown, type Value } from "../../../interpret/values.js";
import { Args } from "../core/args.js";
import { bind, signature } from "../core/signature.js";
import { Builder, type Network } from "./build.js";
import { DENSE_CLASSES, DENSE_NETWORKS } from "./dense.js";
import { INCEPTION_CLASSES, INCEPTIONS } from "./inception.js";
import { MOBILE_CLASSES, MOBILE_NETWORKS } from "./mobile.js";
import { MODERN_NETWORKS } from "./modern.js";
import { PLAIN_CLASSES, PLAIN_FUNCTIONS, PLAIN_NETWORKS } from "./plain.js";
import { RESNET_CLASSES, RESNET_FUNCTIONS, RESNETS } from "./resnet.js";
import { SWINS } from "./swin.js";
import { VISION_TRANSFORMER_CLASS, VISION_TRANSFORMERS } from "./vit.js";

const NETWORKS: Readonly<Record<string, Network>> = {
  ...RESNETS,
  ...PLAIN_NETWORKS,
  ...MOBILE_NETWORKS,
  ...DENSE_NETWORKS,
  ...INCEPTIONS,
  ...MODERN_NETWORKS,
  ...VISION_TRANSFORMERS,
  ...SWINS,
};

const OPTIONS =
  "weights=None, progress=True, num_classes=1000, pretrained=False, dropout=None, aux_logits=None, transform_input=False, width_mult=1.0, replace_stride_with_dilation=None, width_per_group=None, drop_rate=0, image_size=224, memory_efficient=False, norm_layer=None";

function functionOf(name: string, network: Network): NativeFunction {
  const parameters = signature(`${name}(${OPTIONS})`);
  return {
    kind: "native",
    name: `torchvision.models.${name}`,
    call: (given, call) => {
      const bound = bind(parameters, given, call, true);
      return network(Builder.inLibrary(call), new Args((argument) => bound.get(argument), call));
    },
  };
}

const functions = new Map(Object.entries(NETWORKS).map(([name, network]) => [name, functionOf(name, network)]));

/** `get_model("resnet18")`. */
const getModel: NativeFunction = {
  kind: "native",
  name: "torchvision.models.get_model",
  call: ({ positional: [name, ...rest], named, incomplete }, call) => {
    const found = name?.kind === "string" ? functions.get(name.value.toLowerCase()) : undefined;
    return found?.call({ positional: rest, named, incomplete }, call) ?? unknown("a network of a name that is not known");
  },
};

const CLASSES = [...RESNET_CLASSES, ...PLAIN_CLASSES, ...MOBILE_CLASSES, ...DENSE_CLASSES, ...INCEPTION_CLASSES, VISION_TRANSFORMER_CLASS];

/** Members of torchvision.models. */
export const ZOO: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...functions,
  ...CLASSES.map((cls): [string, Value] => [cls.name, cls]),
  ...RESNET_FUNCTIONS,
  ...PLAIN_FUNCTIONS,
  ["get_model", getModel],
]);
