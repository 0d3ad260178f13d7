import type { Size } from "../../../interpret/tensor.js";
import { type Arguments, type Call, NONE, type Value } from "../../../interpret/values.js";
import { VGG_BLOCKS } from "../../published/vgg.js";
import { sizesOf } from "../source/datum.js";
import { MODEL } from "../source/models.js";
import { imageDataFormat } from "../source/settings.js";
import { FunctionalState } from "../source/state.js";
import { tensorValue } from "../source/tensors.js";
import { type ApplicationOptions, type Build, Builder } from "./builder.js";
import { convnext } from "./convnext.js";
import { densenet } from "./densenet.js";
import { efficientnet } from "./efficientnet.js";
import { efficientnetV2Base, efficientnetV2Large, efficientnetV2Medium, efficientnetV2Small } from "./efficientnetV2.js";
import { inceptionResnetV2 } from "./inceptionResnetV2.js";
import { inceptionV3 } from "./inceptionV3.js";
import { mobilenet } from "./mobilenet.js";
import { mobilenetV2 } from "./mobilenetV2.js";
import { mobilenetV3Large, mobilenetV3Small } from "./mobilenetV3.js";
import { nasnet } from "./nasnet.js";
import { resnet } from "./resnet.js";
import { resnetV2 } from "./resnetV2.js";
import { vgg } from "./vgg.js";
import { xception } from "./xception.js";

interface Application {
  readonly build: Build;
  /** Height and width it is made for; undefined: it takes any, also with its classifier. */
  readonly size: number | undefined;
  /** Its arguments in the order they are given without names. */
  readonly names: readonly string[];
}

const words = (names: string) => names.split(" ");
const USUAL = words("include_top weights input_tensor input_shape pooling classes classifier_activation");
const MOBILE = words("input_shape alpha depth_multiplier dropout include_top weights input_tensor pooling classes classifier_activation");
const MOBILE_V2 = words("input_shape alpha include_top weights input_tensor pooling classes classifier_activation");
const MOBILE_V3 = words(
  "input_shape alpha minimalistic include_top weights input_tensor classes pooling dropout_rate classifier_activation include_preprocessing",
);

const CONVNEXT = words("include_top include_preprocessing weights input_tensor input_shape pooling classes classifier_activation");
const NASNET = words("input_shape include_top weights input_tensor pooling classes classifier_activation");

const usual = (build: Build, size = 224): Application => ({ build, size, names: USUAL });
const preparing = (build: Build, size: number): Application => ({ build, size, names: [...USUAL, "include_preprocessing"] });

/** Networks of keras.applications whose layers are known here. */
const APPLICATIONS: Readonly<Record<string, Application>> = {
  ConvNeXtTiny: { build: convnext("tiny", [3, 3, 9, 3], 96), size: 224, names: CONVNEXT },
  ConvNeXtSmall: { build: convnext("small", [3, 3, 27, 3], 96), size: 224, names: CONVNEXT },
  ConvNeXtBase: { build: convnext("base", [3, 3, 27, 3], 128), size: 224, names: CONVNEXT },
  ConvNeXtLarge: { build: convnext("large", [3, 3, 27, 3], 192), size: 224, names: CONVNEXT },
  ConvNeXtXLarge: { build: convnext("xlarge", [3, 3, 27, 3], 256), size: 224, names: CONVNEXT },
  DenseNet121: usual(densenet([6, 12, 24, 16])),
  DenseNet169: usual(densenet([6, 12, 32, 32])),
  DenseNet201: usual(densenet([6, 12, 48, 32])),
  EfficientNetB0: usual(efficientnet(1, 1, 0.2)),
  EfficientNetB1: usual(efficientnet(1, 1.1, 0.2), 240),
  EfficientNetB2: usual(efficientnet(1.1, 1.2, 0.3), 260),
  EfficientNetB3: usual(efficientnet(1.2, 1.4, 0.3), 300),
  EfficientNetB4: usual(efficientnet(1.4, 1.8, 0.4), 380),
  EfficientNetB5: usual(efficientnet(1.6, 2.2, 0.4), 456),
  EfficientNetB6: usual(efficientnet(1.8, 2.6, 0.5), 528),
  EfficientNetB7: usual(efficientnet(2, 3.1, 0.5), 600),
  EfficientNetV2B0: preparing(efficientnetV2Base(1, 1), 224),
  EfficientNetV2B1: preparing(efficientnetV2Base(1, 1.1), 240),
  EfficientNetV2B2: preparing(efficientnetV2Base(1.1, 1.2), 260),
  EfficientNetV2B3: preparing(efficientnetV2Base(1.2, 1.4), 300),
  EfficientNetV2S: preparing(efficientnetV2Small, 384),
  EfficientNetV2M: preparing(efficientnetV2Medium, 480),
  EfficientNetV2L: preparing(efficientnetV2Large, 480),
  InceptionResNetV2: usual(inceptionResnetV2, 299),
  InceptionV3: usual(inceptionV3, 299),
  MobileNet: { build: mobilenet, size: 224, names: MOBILE },
  MobileNetV2: { build: mobilenetV2, size: 224, names: MOBILE_V2 },
  MobileNetV3Large: { build: mobilenetV3Large, size: undefined, names: MOBILE_V3 },
  MobileNetV3Small: { build: mobilenetV3Small, size: undefined, names: MOBILE_V3 },
  NASNetLarge: { build: nasnet({ blocks: 6, filters: 168, stem: 96, skipsReduction: true }), size: 331, names: NASNET },
  NASNetMobile: { build: nasnet({ blocks: 4, filters: 44, stem: 32, skipsReduction: false }), size: 224, names: NASNET },
  ResNet50: usual(resnet([3, 4, 6, 3])),
  ResNet101: usual(resnet([3, 4, 23, 3])),
  ResNet152: usual(resnet([3, 8, 36, 3])),
  ResNet50V2: usual(resnetV2([3, 4, 6, 3])),
  ResNet101V2: usual(resnetV2([3, 4, 23, 3])),
  ResNet152V2: usual(resnetV2([3, 8, 36, 3])),
  VGG16: usual(vgg(VGG_BLOCKS[16])),
  VGG19: usual(vgg(VGG_BLOCKS[19])),
  Xception: usual(xception, 299),
};

/** Their names, for documentation. */
export const APPLICATION_NAMES: readonly string[] = Object.keys(APPLICATIONS);

/** A network of keras.applications by its name; undefined where it is not known. */
export function application(name: string): Value | undefined {
  const found = Object.hasOwn(APPLICATIONS, name) ? APPLICATIONS[name] : undefined;
  return found && { kind: "native", name: `keras.applications.${name}`, call: (args, call) => construct(name, found, args, call) };
}

function construct(name: string, { build, size, names }: Application, args: Arguments, call: Call): Value {
  const argument = (key: string): Value => args.named.get(key) ?? args.positional[names.indexOf(key)] ?? NONE;
  const number = (key: string, otherwise: number) => {
    const value = argument(key);
    return value.kind === "number" ? value.value : otherwise;
  };
  const flag = (key: string, otherwise: boolean) => {
    const value = argument(key);
    return value.kind === "boolean" ? value.value : otherwise;
  };
  const [pooling, activation] = ["pooling", "classifier_activation"].map(argument);
  const weights = args.named.get("weights") ?? args.positional[names.indexOf("weights")];
  const options: ApplicationOptions = {
    includeTop: flag("include_top", true),
    classes: number("classes", 1000),
    pooling: pooling?.kind === "string" ? pooling.value : undefined,
    activation: activation?.kind === "string" ? activation.value : args.named.has("classifier_activation") ? null : "softmax",
    trained: weights === undefined || (weights.kind === "string" && weights.value === "imagenet"),
    number,
    flag,
  };
  const given = argument("input_tensor");
  const side: Size = options.includeTop ? size : undefined;
  const expected = imageDataFormat(call.interpreter) === "channels_first" ? [3, side, side] : [side, side, 3];
  const input =
    given.kind === "tensor" ? given : tensorValue([undefined, ...(sizesOf(argument("input_shape")) ?? expected)], "float32", true);
  const output = build(new Builder(call), input, options);
  const payload = new FunctionalState(input, output, name.toLowerCase());
  return { kind: "instance", class: MODEL, fields: new Map(), place: call.place, payload };
}
