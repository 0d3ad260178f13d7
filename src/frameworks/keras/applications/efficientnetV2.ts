import type { Value } from "../../../interpret/values.js";
import { EFFICIENTNET_V2_L, EFFICIENTNET_V2_M, EFFICIENTNET_V2_S, type EfficientNet } from "../../published/efficientNet.js";
import type { Build, Builder } from "./builder.js";
import { squeezed, swish } from "./efficientnet.js";

/** Keras' own. */
const BASE: EfficientNet = {
  stem: 32,
  stages: [
    ["fused", 3, 1, 16, 1, 1],
    ["fused", 3, 2, 32, 4, 2],
    ["fused", 3, 2, 48, 4, 2],
    ["separable", 3, 3, 96, 4, 2],
    ["separable", 3, 5, 112, 6, 1],
    ["separable", 3, 8, 192, 6, 2],
  ],
};

const NORM = { momentum: 0.9 };

/** Mean and variance of ImageNet's colours. */
const IMAGENET = { mean: [0.485, 0.456, 0.406], variance: [0.229 ** 2, 0.224 ** 2, 0.225 ** 2] };

/** EfficientNetV2-B0, its channels and repeats multiplied; it normalizes by the statistics of ImageNet. */
export const efficientnetV2Base = (width: number, depth: number): Build =>
  network(BASE, { width, depth }, (net, input) =>
    net.layer("Normalization", { axis: -1, ...IMAGENET }, net.layer("Rescaling", { scale: 1 / 255 }, input)),
  );

const scaled = (net: Builder, input: Value) => net.layer("Rescaling", { scale: 1 / 128, offset: -1 }, input);
const UNCHANGED = { width: 1, depth: 1 };
export const efficientnetV2Small = network(EFFICIENTNET_V2_S, UNCHANGED, scaled);
export const efficientnetV2Medium = network(EFFICIENTNET_V2_M, UNCHANGED, scaled);
export const efficientnetV2Large = network(EFFICIENTNET_V2_L, UNCHANGED, scaled);

interface Factors {
  readonly width: number;
  readonly depth: number;
}

function network({ stem, stages }: EfficientNet, { width, depth }: Factors, prepared: (net: Builder, x: Value) => Value): Build {
  const channels = (count: number) => Math.max(8, Math.floor((count * width + 4) / 8) * 8);
  return (net, input, options) => {
    let x = options.flag("include_preprocessing", true) ? prepared(net, input) : input;
    x = net.convolution(x, "stem_conv", channels(stem), 3, { strides: 2, padding: "same", use_bias: false });
    x = swish(net, net.normalization(x, "stem_bn", NORM), "stem_activation");
    let count = 0;
    stages.forEach(([kind, , repeats, filters, expansion, strides], stage) => {
      for (let i = 0; i < Math.ceil(repeats * depth); i++, count++) {
        const name = `block${stage + 1}${String.fromCharCode(97 + i)}_`;
        const block: Block = { name, filters: channels(filters), expansion, strides: i === 0 ? strides : 1, isDropped: count > 0 };
        x = (kind === "fused" ? fused : separable)(net, x, block);
      }
    });
    x = net.convolution(x, "top_conv", channels(1280), 1, { padding: "same", use_bias: false });
    x = swish(net, net.normalization(x, "top_bn", NORM), "top_activation");
    const { includeTop, classes, pooling, activation } = options;
    if (!includeTop) return net.pooled(x, pooling);
    x = net.layer("GlobalAveragePooling2D", { name: "avg_pool" }, x);
    x = net.layer("Dropout", { name: "top_dropout", rate: 0.2 }, x);
    return net.layer("Dense", { name: "predictions", units: classes, activation }, x);
  };
}

interface Block {
  readonly name: string;
  readonly filters: number;
  readonly expansion: number;
  readonly strides: 1 | 2;
  /** Whole residuals are dropped now and then, but for the very first. */
  readonly isDropped: boolean;
}

function fused(net: Builder, input: Value, block: Block): Value {
  const { name, filters, expansion, strides } = block;
  const convolved = { strides, padding: "same", use_bias: false };
  if (expansion === 1) {
    const x = net.normalization(net.convolution(input, `${name}project_conv`, filters, 3, convolved), `${name}project_bn`, NORM);
    return around(net, input, swish(net, x, `${name}project_activation`), block);
  }
  const inside = (net.channels(input) ?? filters) * expansion;
  const x = net.normalization(net.convolution(input, `${name}expand_conv`, inside, 3, convolved), `${name}expand_bn`, NORM);
  return around(net, input, projected(net, swish(net, x, `${name}expand_activation`), block), block);
}

function separable(net: Builder, input: Value, block: Block): Value {
  const { name, filters, expansion, strides } = block;
  const entering = net.channels(input) ?? filters;
  let x = net.convolution(input, `${name}expand_conv`, entering * expansion, 1, { padding: "same", use_bias: false });
  x = swish(net, net.normalization(x, `${name}expand_bn`, NORM), `${name}expand_activation`);
  x = net.layer("DepthwiseConv2D", { name: `${name}dwconv2`, kernel_size: 3, strides, padding: "same", use_bias: false }, x);
  x = swish(net, net.normalization(x, `${name}bn`, NORM), `${name}activation`);
  return around(net, input, projected(net, squeezed(net, x, entering, name), block), block);
}

function projected(net: Builder, input: Value, { name, filters }: Block): Value {
  const x = net.convolution(input, `${name}project_conv`, filters, 1, { padding: "same", use_bias: false });
  return net.normalization(x, `${name}project_bn`, NORM);
}

function around(net: Builder, input: Value, output: Value, { name, filters, strides, isDropped }: Block): Value {
  if (strides !== 1 || net.channels(input) !== filters) return output;
  const kept = isDropped ? net.layer("Dropout", { name: `${name}drop`, rate: 0.2 }, output) : output;
  return net.add(kept, input, `${name}add`);
}
