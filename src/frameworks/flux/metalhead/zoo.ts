import { native } from "../../../interpret/julia/natives.js";
import { unknown, type Value } from "../../../interpret/values.js";
import { GOOGLENET_BLOCKS, type InceptionWidths, inceptionWidth } from "../../published/googLeNet.js";
import { MOBILENET_BLOCKS, MOBILENET_V2_STAGES } from "../../published/mobileNet.js";
import { VGG_BLOCKS, vggWidth } from "../../published/vgg.js";
import { Builder, CAT, memberOf, PLUS, RELU6 } from "./build.js";
import { IDENTITY, RELU } from "./helpers.js";
import { inceptionResNetV2, xception } from "./inceptions.js";
import { visionTransformer } from "./transformer.js";

type Make = (b: Builder, args: readonly Value[]) => Value | undefined;

const vgg: Make = (b, args) => {
  const depths = memberOf(VGG_BLOCKS, args);
  const norm = b.named.get("batchnorm");
  const normalises = norm?.kind === "boolean" && norm.value;
  let from = b.option("inchannels", 3);
  const layers = depths?.flatMap((depth, at) => {
    const to = vggWidth(at);
    const block = Array.from({ length: depth }, () => {
      const made = normalises ? b.convNorm(3, from, to, { pad: 1 }) : [b.conv(3, from, to, { pad: 1 })];
      from = to;
      return made;
    });
    return [...block.flat(), b.pool("MaxPool", 2, 2)];
  });
  const head = [
    b.flatten(),
    b.dense(512 * 7 * 7, 4096),
    b.dropout(0.5),
    b.dense(4096, 4096),
    b.dropout(0.5),
    b.dense(4096, b.option("nclasses", 1000), IDENTITY),
  ];
  return layers && b.chain(b.chain(...layers), b.chain(...head));
};

const RESNET = {
  18: { blocks: [2, 2, 2, 2], bottleneck: false },
  34: { blocks: [3, 4, 6, 3], bottleneck: false },
  50: { blocks: [3, 4, 6, 3], bottleneck: true },
  101: { blocks: [3, 4, 23, 3], bottleneck: true },
  152: { blocks: [3, 8, 36, 3], bottleneck: true },
};

const resnet: Make = (b, args) => {
  const config = memberOf(RESNET, args);
  if (!config) return undefined;
  const expansion = config.bottleneck ? 4 : 1;
  let from = 64;
  const stages = config.blocks.map((count, stage) => {
    const planes = 64 * 2 ** stage;
    const blocks = Array.from({ length: count }, (_, at) => {
      const stride = at === 0 && stage > 0 ? 2 : 1;
      const to = planes * expansion;
      const body = config.bottleneck
        ? [...b.convNorm(1, from, planes), ...b.convNorm(3, planes, planes, { stride, pad: 1 }), ...b.convNorm(1, planes, to, {}, IDENTITY)]
        : [...b.convNorm(3, from, planes, { stride, pad: 1 }), ...b.convNorm(3, planes, to, { pad: 1 }, IDENTITY)];
      const shortcut = stride > 1 || from !== to ? b.chain(...b.convNorm(1, from, to, { stride }, IDENTITY)) : IDENTITY;
      from = to;
      return b.chain(b.parallel(PLUS, b.chain(...body), shortcut), RELU);
    });
    return b.chain(...blocks);
  });
  const stem = [...b.convNorm(7, b.option("inchannels", 3), 64, { stride: 2, pad: 3 }), b.pool("MaxPool", 3, 2, 1)];
  return b.chain(b.chain(b.chain(...stem), ...stages), b.classifier(from));
};

const DENSENET = { 121: [6, 12, 24, 16], 161: [6, 12, 36, 24], 169: [6, 12, 32, 32], 201: [6, 12, 48, 32] };

const densenet: Make = (b, args) => {
  const blocks = memberOf(DENSENET, args);
  const growth = b.option("growth_rate", 32);
  let channels = 2 * growth;
  const preNormed = (kernel: number, from: number, to: number, pad = 0) => [
    b.norm(from, IDENTITY),
    b.conv(kernel, from, to, { pad, bias: false }),
  ];
  const layers = blocks?.flatMap((count, at) => {
    const block = Array.from({ length: count }, () => {
      const made = b.skip(b.chain(...preNormed(1, channels, 4 * growth), ...preNormed(3, 4 * growth, growth, 1)), CAT);
      channels += growth;
      return made;
    });
    if (at === blocks.length - 1) return block;
    const before = channels;
    channels = Math.floor(channels / 2);
    return [...block, b.chain(...preNormed(1, before, channels), b.pool("MeanPool", 2, 2))];
  });
  const stem = [...b.convNorm(7, b.option("inchannels", 3), 2 * growth, { stride: 2, pad: 3 }), b.pool("MaxPool", 3, 2, 1)];
  return layers && b.chain(b.chain(...stem, ...layers, b.norm(channels)), b.classifier(channels));
};

const squeezenet: Make = (b) => {
  const fire = (from: number, squeeze: number, expand: number) =>
    b.chain(b.conv(1, from, squeeze), b.parallel(CAT, b.conv(1, squeeze, expand), b.conv(3, squeeze, expand, { pad: 1 })));
  const shrink = () => b.pool("MaxPool", 3, 2);
  const first = [b.conv(3, b.option("inchannels", 3), 64, { stride: 2 }), shrink(), fire(64, 16, 64), fire(128, 16, 64), shrink()];
  const second = [
    fire(128, 32, 128),
    fire(256, 32, 128),
    shrink(),
    fire(256, 48, 192),
    fire(384, 48, 192),
    fire(384, 64, 256),
    fire(512, 64, 256),
  ];
  const head = [b.dropout(0.5), b.conv(1, 512, b.option("nclasses", 1000)), b.adaptivePool(1), b.flatten()];
  return b.chain(b.chain(...first, ...second), b.chain(...head));
};

const alexnet: Make = (b) => {
  const shrink = () => b.pool("MaxPool", 3, 2);
  const first = [b.conv(11, b.option("inchannels", 3), 64, { stride: 4, pad: 2 }), shrink(), b.conv(5, 64, 192, { pad: 2 }), shrink()];
  const second = [b.conv(3, 192, 384, { pad: 1 }), b.conv(3, 384, 256, { pad: 1 }), b.conv(3, 256, 256, { pad: 1 }), shrink()];
  const dense = [
    b.dropout(0.5),
    b.dense(256 * 6 * 6, 4096),
    b.dropout(0.5),
    b.dense(4096, 4096),
    b.dense(4096, b.option("nclasses", 1000), IDENTITY),
  ];
  return b.chain(b.chain(...first, ...second), b.chain(b.adaptivePool(6), b.flatten(), ...dense));
};

const googlenet: Make = (b) => {
  const shrink = () => b.pool("MaxPool", 3, 2, 1);
  let from = 192;
  const block = (widths: InceptionWidths) => {
    const [one, reduce3, three, reduce5, five, pooled] = widths;
    const wide = (reduced: number, to: number, kernel: number) =>
      b.chain(b.conv(1, from, reduced), b.conv(kernel, reduced, to, { pad: (kernel - 1) / 2 }));
    const last = b.chain(b.pool("MaxPool", 3, 1, 1), b.conv(1, from, pooled));
    const made = b.parallel(CAT, b.chain(b.conv(1, from, one)), wide(reduce3, three, 3), wide(reduce5, five, 5), last);
    from = inceptionWidth(widths);
    return made;
  };
  const blocks = GOOGLENET_BLOCKS.flatMap((stage, at) => [...(at === 0 ? [] : [shrink()]), ...stage.map(block)]);
  const stem = [
    b.conv(7, b.option("inchannels", 3), 64, { stride: 2, pad: 3 }),
    shrink(),
    b.conv(1, 64, 64),
    b.conv(3, 64, 192, { pad: 1 }),
    shrink(),
  ];
  return b.chain(b.chain(...stem, ...blocks), b.classifier(from, 0.4));
};

const mobilenet1: Make = (b) => {
  let from = 32;
  const layers = MOBILENET_BLOCKS.flatMap(([to, stride]) => {
    const made = [...b.convNorm(3, from, from, { stride, pad: 1, groups: from }, RELU6), ...b.convNorm(1, from, to, {}, RELU6)];
    from = to;
    return made;
  });
  return b.chain(b.chain(...b.convNorm(3, b.option("inchannels", 3), 32, { stride: 2, pad: 1 }, RELU6), ...layers), b.classifier(from));
};

const mobilenet2: Make = (b) => {
  let from = 32;
  const layers = MOBILENET_V2_STAGES.flatMap(([expansion, to, count, first]) =>
    Array.from({ length: count }, (_, at) => {
      const stride = at === 0 ? first : 1;
      const wide = from * expansion;
      const widened = expansion === 1 ? [] : b.convNorm(1, from, wide, {}, RELU6);
      const deep = b.convNorm(3, wide, wide, { stride, pad: 1, groups: wide }, RELU6);
      const body = b.chain(...widened, ...deep, ...b.convNorm(1, wide, to, {}, IDENTITY));
      const made = stride === 1 && from === to ? b.skip(body, PLUS) : body;
      from = to;
      return made;
    }),
  );
  const stem = b.convNorm(3, b.option("inchannels", 3), 32, { stride: 2, pad: 1 }, RELU6);
  return b.chain(b.chain(...stem, ...layers, ...b.convNorm(1, from, 1280, {}, RELU6)), b.classifier(1280, 0.2));
};

const MAKERS: Readonly<Record<string, Make>> = {
  VGG: vgg,
  ResNet: resnet,
  DenseNet: densenet,
  SqueezeNet: squeezenet,
  AlexNet: alexnet,
  GoogLeNet: googlenet,
  MobileNetv1: mobilenet1,
  MobileNetv2: mobilenet2,
  InceptionResNetv2: inceptionResNetV2,
  Xception: xception,
  ViT: (b, args) => visionTransformer(args, b.call, b.named),
};

/** Metalhead's models, ResNet(18; nclasses = 10), as far as their layers are known here. */
export const ZOO: ReadonlyMap<string, Value> = new Map(
  Object.entries(MAKERS).map(([name, make]) => [
    name,
    native(name, (args, call, named) => make(new Builder(call, named), args) ?? unknown(`this ${name} is not known`)),
  ]),
);
