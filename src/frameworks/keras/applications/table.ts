import type { Size } from "../../../interpret/tensor.js";
import { type Arguments, type Call, NONE, type Value } from "../../../interpret/values.js";
import { sizesOf } from "../source/datum.js";
import { MODEL } from "../source/models.js";
import { imageDataFormat } from "../source/settings.js";
import { FunctionalState } from "../source/state.js";
import { tensorValue } from "../source/tensors.js";
import { type ApplicationOptions, Builder } from "./builder.js";
import { mobilenetV2 } from "./mobilenetV2.js";
import { resnet } from "./resnet.js";
import { vgg } from "./vgg.js";

interface Application {
  readonly build: (net: Builder, input: Value, options: ApplicationOptions) => Value;
  /** Height and width it is made for. */
  readonly size: number;
}

/** Networks of keras.applications whose layers are known here. */
const APPLICATIONS: Readonly<Record<string, Application>> = {
  VGG16: { build: vgg([2, 2, 3, 3, 3]), size: 224 },
  VGG19: { build: vgg([2, 2, 4, 4, 4]), size: 224 },
  ResNet50: { build: resnet([3, 4, 6, 3]), size: 224 },
  ResNet101: { build: resnet([3, 4, 23, 3]), size: 224 },
  ResNet152: { build: resnet([3, 8, 36, 3]), size: 224 },
  MobileNetV2: { build: mobilenetV2, size: 224 },
};

/** Arguments in the order they are given without names; MobileNet's begin otherwise. */
const NAMES = ["include_top", "weights", "input_tensor", "input_shape", "pooling", "classes", "classifier_activation"];
const MOBILE_NAMES = ["input_shape", "alpha", "include_top", "weights", "input_tensor", "pooling", "classes", "classifier_activation"];

/** A network of keras.applications by its name; undefined where it is not known. */
export function application(name: string): Value | undefined {
  const found = Object.hasOwn(APPLICATIONS, name) ? APPLICATIONS[name] : undefined;
  return found && { kind: "native", name: `keras.applications.${name}`, call: (args, call) => construct(name, found, args, call) };
}

function construct(name: string, { build, size }: Application, args: Arguments, call: Call): Value {
  const names = name.startsWith("MobileNet") ? MOBILE_NAMES : NAMES;
  const argument = (key: string): Value => args.named.get(key) ?? args.positional[names.indexOf(key)] ?? NONE;
  const top = argument("include_top");
  const [classes, alpha, pooling, activation] = ["classes", "alpha", "pooling", "classifier_activation"].map(argument);
  const options: ApplicationOptions = {
    includeTop: !(top.kind === "boolean" && !top.value),
    classes: classes?.kind === "number" ? classes.value : 1000,
    alpha: alpha?.kind === "number" ? alpha.value : 1,
    pooling: pooling?.kind === "string" ? pooling.value : undefined,
    activation: activation?.kind === "string" ? activation.value : args.named.has("classifier_activation") ? null : "softmax",
  };
  const given = argument("input_tensor");
  const side: Size = options.includeTop ? size : undefined;
  const usual = imageDataFormat(call.interpreter) === "channels_first" ? [3, side, side] : [side, side, 3];
  const input = given.kind === "tensor" ? given : tensorValue([undefined, ...(sizesOf(argument("input_shape")) ?? usual)], "float32", true);
  const output = build(new Builder(call), input, options);
  const payload = new FunctionalState(input, output, name.toLowerCase());
  return { kind: "instance", class: MODEL, fields: new Map(), place: call.place, payload };
}
