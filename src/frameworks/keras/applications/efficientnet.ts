import type { Value } from "../../../interpret/values.js";
import { divisible } from "../../published/divisible.js";
import { EFFICIENTNET_B0 } from "../../published/efficientNet.js";
import type { Build, Builder } from "./builder.js";

/** EfficientNet, its channels and repeats multiplied. */
export const efficientnet =
  (width: number, depth: number, dropout: number): Build =>
  (net, input, options) => {
    const channels = (count: number) => divisible(count * width);
    let x = net.layer("Rescaling", { scale: 1 / 255 }, input);
    x = net.layer("Normalization", { axis: -1 }, x);
    if (options.trained) x = net.layer("Rescaling", { scale: 1 }, x);
    x = net.convolution(net.padded(x, "stem_conv_pad", 3), "stem_conv", channels(EFFICIENTNET_B0.stem), 3, { strides: 2, use_bias: false });
    x = swish(net, net.normalization(x, "stem_bn"), "stem_activation");
    EFFICIENTNET_B0.stages.forEach(([, kernel, repeats, count, expansion, strides], stage) => {
      for (let i = 0; i < Math.ceil(repeats * depth); i++) {
        const name = `block${stage + 1}${String.fromCharCode(97 + i)}_`;
        x = block(net, x, { name, kernel, filters: channels(count), expansion, strides: i === 0 ? strides : 1 });
      }
    });
    x = net.convolution(x, "top_conv", channels(1280), 1, { padding: "same", use_bias: false });
    x = swish(net, net.normalization(x, "top_bn"), "top_activation");
    const { includeTop, classes, pooling, activation } = options;
    if (!includeTop) return net.pooled(x, pooling);
    x = net.layer("GlobalAveragePooling2D", { name: "avg_pool" }, x);
    x = net.layer("Dropout", { name: "top_dropout", rate: dropout }, x);
    return net.layer("Dense", { name: "predictions", units: classes, activation }, x);
  };

interface Block {
  readonly name: string;
  readonly kernel: number;
  readonly filters: number;
  readonly expansion: number;
  readonly strides: number;
}

function block(net: Builder, input: Value, { name, kernel, filters, expansion, strides }: Block): Value {
  const entering = net.channels(input) ?? filters;
  const inside = entering * expansion;
  let x = input;
  if (expansion !== 1) {
    x = net.convolution(x, `${name}expand_conv`, inside, 1, { padding: "same", use_bias: false });
    x = swish(net, net.normalization(x, `${name}expand_bn`), `${name}expand_activation`);
  }
  if (strides === 2) x = net.padded(x, `${name}dwconv_pad`, kernel);
  const settings = { kernel_size: kernel, strides, padding: strides === 2 ? "valid" : "same", use_bias: false };
  x = net.layer("DepthwiseConv2D", { name: `${name}dwconv`, ...settings }, x);
  x = swish(net, net.normalization(x, `${name}bn`), `${name}activation`);
  x = squeezed(net, x, entering, name);
  x = net.normalization(net.convolution(x, `${name}project_conv`, filters, 1, { padding: "same", use_bias: false }), `${name}project_bn`);
  if (strides !== 1 || entering !== filters) return x;
  // Whole residuals are dropped; how often depends on the depth and changes no shape.
  return net.add(net.layer("Dropout", { name: `${name}drop`, rate: 0.2 }, x), input, `${name}add`);
}

/** Squeeze-and-excitation to a quarter of the channels that enter the block. */
export function squeezed(net: Builder, input: Value, entering: number, name: string): Value {
  const filters = net.channels(input) ?? entering;
  let x = net.layer("GlobalAveragePooling2D", { name: `${name}se_squeeze` }, input);
  x = net.layer("Reshape", { name: `${name}se_reshape`, target_shape: [1, 1, filters] }, x);
  const reduced = Math.max(1, Math.floor(entering / 4));
  x = net.convolution(x, `${name}se_reduce`, reduced, 1, { padding: "same", activation: "swish" });
  x = net.convolution(x, `${name}se_expand`, filters, 1, { padding: "same", activation: "sigmoid" });
  return net.joined("Multiply", [input, x], `${name}se_excite`);
}

export function swish(net: Builder, input: Value, name: string): Value {
  return net.layer("Activation", { name, activation: "swish" }, input);
}
