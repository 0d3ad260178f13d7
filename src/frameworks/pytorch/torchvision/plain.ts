import { keyOf } from "../../../interpret/keys.js";
import { type ClassValue, type InstanceValue, text, unknown, type Value } from "../../../interpret/values.js";
import { VGG_BLOCKS, vggWidth } from "../../published/vgg.js";
import { Args } from "../core/args.js";
import { native } from "../core/native.js";
import { bind, signature } from "../core/signature.js";
import { Builder, constructedAs, forwardClass, literal, type Network, through } from "./build.js";

/** Features, pooling to a size, then a classifier over all of it: AlexNet and VGG. */
const classifies = (name: string) =>
  forwardClass(name, (run, x) => run.run("classifier", run.flatten(through(run, x, "features avgpool"))));

const ALEXNET = classifies("AlexNet");
const VGG = classifies("VGG");

const classesOf = (args: Args) => args.number("num_classes") ?? 1000;

/** AlexNet as in "One weird trick" (Krizhevsky, 2014). */
function alexnet(build: Builder, args: Args): InstanceValue {
  const dropout = args.number("dropout") ?? 0.5;
  const pool = () => build.layer("MaxPool2d", [3, 2]);
  const features = [
    build.conv(3, 64, 11, { stride: 4, padding: 2 }),
    build.relu(),
    pool(),
    build.conv(64, 192, 5, { padding: 2 }),
    build.relu(),
    pool(),
    ...[[192, 384] as const, [384, 256] as const, [256, 256] as const].flatMap(([inputs, outputs]) => [
      build.conv(inputs, outputs, 3, { padding: 1 }),
      build.relu(),
    ]),
    pool(),
  ];
  return build.module(ALEXNET, {
    features: build.sequence(features),
    avgpool: build.layer("AdaptiveAvgPool2d", [[6, 6]]),
    classifier: build.sequence([
      build.layer("Dropout", [dropout]),
      build.linear(256 * 6 * 6, 4096),
      build.relu(),
      build.layer("Dropout", [dropout]),
      build.linear(4096, 4096),
      build.relu(),
      build.linear(4096, classesOf(args)),
    ]),
  });
}

/** Widths of convolutions with "M" where a pooling halves the image, as vgg.py of torchvision lists them. */
type Widths = readonly (number | "M")[];

const widthsOf = (depth: keyof typeof VGG_BLOCKS): Widths =>
  VGG_BLOCKS[depth].flatMap((count, stage): Widths => [...Array<number>(count).fill(vggWidth(stage)), "M"]);

function vggFeatures(build: Builder, widths: Widths, hasNorm: boolean): Value {
  let inputs = 3;
  const layers = widths.flatMap((width) => {
    if (width === "M") return [build.layer("MaxPool2d", [2, 2])];
    const conv = build.conv(inputs, width, 3, { padding: 1 });
    inputs = width;
    return [conv, ...(hasNorm ? [build.norm(width)] : []), build.relu()];
  });
  return build.sequence(layers);
}

/** VGG (Simonyan and Zisserman, 2015) behind its convolutions. */
function vggOf(features: Value, build: Builder, args: Args): InstanceValue {
  const dropout = args.number("dropout") ?? 0.5;
  return build.module(VGG, {
    features,
    avgpool: build.layer("AdaptiveAvgPool2d", [[7, 7]]),
    classifier: build.sequence([
      build.linear(512 * 7 * 7, 4096),
      build.relu(),
      build.layer("Dropout", [dropout]),
      build.linear(4096, 4096),
      build.relu(),
      build.layer("Dropout", [dropout]),
      build.linear(4096, classesOf(args)),
    ]),
  });
}

const vgg =
  (depth: keyof typeof VGG_BLOCKS, hasNorm: boolean): Network =>
  (build, args) =>
    vggOf(vggFeatures(build, widthsOf(depth), hasNorm), build, args);

const MAKE_LAYERS = signature("make_layers(cfg, batch_norm=False)");
const CONFIGURATIONS = { A: 11, B: 13, D: 16, E: 19 } as const;

/** What vgg.py of torchvision makes its convolutions with. */
export const PLAIN_FUNCTIONS: readonly [string, Value][] = [
  [
    "make_layers",
    native("torchvision.models.vgg.make_layers", (given, call) => {
      const bound = bind(MAKE_LAYERS, given, call);
      const args = new Args((name) => bound.get(name), call);
      const widths = args.items("cfg")?.map((item) => (item.kind === "number" ? item.value : item.kind === "string" ? "M" : undefined));
      const known = widths?.filter((width) => width !== undefined);
      if (!known || known.length < (widths?.length ?? 0)) return unknown("the widths of these layers are not known");
      return vggFeatures(Builder.inLibrary(call), known, args.flag("batch_norm"));
    }),
  ],
  [
    "cfgs",
    {
      kind: "dictionary",
      entries: new Map(
        Object.entries(CONFIGURATIONS).map(([name, depth]) => [keyOf(text(name)), { key: text(name), value: literal(widthsOf(depth)) }]),
      ),
    },
  ],
];

const FIRE = forwardClass("Fire", (run, x) => {
  const squeezed = through(run, x, "squeeze squeeze_activation");
  return run.cat([through(run, squeezed, "expand1x1 expand1x1_activation"), through(run, squeezed, "expand3x3 expand3x3_activation")]);
});
const SQUEEZENET = forwardClass("SqueezeNet", (run, x) => run.flatten(through(run, x, "features classifier")));

function fire(build: Builder, inputs: number, squeezed: number, expanded: number): InstanceValue {
  return build.module(FIRE, {
    squeeze: build.conv(inputs, squeezed, 1),
    squeeze_activation: build.relu(),
    expand1x1: build.conv(squeezed, expanded, 1),
    expand1x1_activation: build.relu(),
    expand3x3: build.conv(squeezed, expanded, 3, { padding: 1 }),
    expand3x3_activation: build.relu(),
  });
}

/** Squeezed and expanded widths of fire modules (Iandola et al., 2016); "pool" stands between them. */
type Fires = readonly (readonly [squeezed: number, expanded: number] | "pool")[];

const squeezenet =
  (first: readonly [width: number, kernel: number], fires: Fires) =>
  (build: Builder, args: Args): InstanceValue => {
    const pool = () => build.layer("MaxPool2d", [3, 2], { ceil_mode: true });
    const [width, kernel] = first;
    let inputs = width;
    const body = fires.map((entry) => {
      if (entry === "pool") return pool();
      const made = fire(build, inputs, ...entry);
      inputs = 2 * entry[1];
      return made;
    });
    return build.module(SQUEEZENET, {
      features: build.sequence([build.conv(3, width, kernel, { stride: 2 }), build.relu(), pool(), ...body]),
      classifier: build.sequence([
        build.layer("Dropout", [args.number("dropout") ?? 0.5]),
        build.conv(512, classesOf(args), 1),
        build.relu(),
        build.layer("AdaptiveAvgPool2d", [[1, 1]]),
      ]),
    });
  };

const SQUEEZENETS: Readonly<Record<string, Network>> = {
  "1_0": squeezenet([96, 7], [[16, 64], [16, 64], [32, 128], "pool", [32, 128], [48, 192], [48, 192], [64, 256], "pool", [64, 256]]),
  "1_1": squeezenet([64, 3], [[16, 64], [16, 64], "pool", [32, 128], [32, 128], "pool", [48, 192], [48, 192], [64, 256], [64, 256]]),
};

const squeezenetOf =
  (version: string): Network =>
  (build, args) =>
    SQUEEZENETS[version]?.(build, args) ?? build.module(SQUEEZENET, {});

export const PLAIN_CLASSES: readonly ClassValue[] = [
  constructedAs(ALEXNET, "AlexNet(num_classes=1000, dropout=0.5)", alexnet),
  constructedAs(VGG, "VGG(features, num_classes=1000, init_weights=True, dropout=0.5)", (build, args) =>
    vggOf(args.value("features"), build, args),
  ),
  constructedAs(SQUEEZENET, "SqueezeNet(version='1_0', num_classes=1000, dropout=0.5)", (build, args) =>
    squeezenetOf(args.text("version") ?? "1_0")(build, args),
  ),
];

/** torchvision.models.alexnet, vgg and squeezenet. */
export const PLAIN_NETWORKS = {
  alexnet,
  vgg11: vgg(11, false),
  vgg13: vgg(13, false),
  vgg16: vgg(16, false),
  vgg19: vgg(19, false),
  vgg11_bn: vgg(11, true),
  vgg13_bn: vgg(13, true),
  vgg16_bn: vgg(16, true),
  vgg19_bn: vgg(19, true),
  squeezenet1_0: squeezenetOf("1_0"),
  squeezenet1_1: squeezenetOf("1_1"),
} as const;
