import type { InstanceValue, Value } from "../../../interpret/values.js";
import { VGG_BLOCKS, vggWidth } from "../../published/vgg.js";
import type { Args } from "../core/args.js";
import { type Builder, forwardClass, through } from "./build.js";

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

const vgg =
  (depth: keyof typeof VGG_BLOCKS, hasNorm: boolean) =>
  (build: Builder, args: Args): InstanceValue => {
    const dropout = args.number("dropout") ?? 0.5;
    const features: Value[] = [];
    let inputs = 3;
    VGG_BLOCKS[depth].forEach((count, stage) => {
      const width = vggWidth(stage);
      for (let i = 0; i < count; i++) {
        features.push(build.conv(inputs, width, 3, { padding: 1 }), ...(hasNorm ? [build.norm(width)] : []), build.relu());
        inputs = width;
      }
      features.push(build.layer("MaxPool2d", [2, 2]));
    });
    return build.module(VGG, {
      features: build.sequence(features),
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
  };

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
  squeezenet1_0: squeezenet(
    [96, 7],
    [[16, 64], [16, 64], [32, 128], "pool", [32, 128], [48, 192], [48, 192], [64, 256], "pool", [64, 256]],
  ),
  squeezenet1_1: squeezenet(
    [64, 3],
    [[16, 64], [16, 64], "pool", [32, 128], [32, 128], "pool", [48, 192], [48, 192], [64, 256], [64, 256]],
  ),
} as const;
