import type { Value } from "../../../interpret/values.js";
import { divisible } from "../../published/divisible.js";
import { MOBILENET_V3_LARGE, MOBILENET_V3_SMALL, type MobileNetV3Block } from "../../published/mobileNet.js";
import type { ApplicationOptions, Build, Builder } from "./builder.js";

const NORM = { epsilon: 1e-3, momentum: 0.999 };

export const mobilenetV3Small: Build = (net, input, options) => mobilenetV3(net, input, MOBILENET_V3_SMALL, 1024, options);
export const mobilenetV3Large: Build = (net, input, options) => mobilenetV3(net, input, MOBILENET_V3_LARGE, 1280, options);

function mobilenetV3(net: Builder, input: Value, blocks: readonly MobileNetV3Block[], last: number, options: ApplicationOptions): Value {
  const alpha = options.number("alpha", 1);
  const isMinimal = options.flag("minimalistic", false);
  const activate = (x: Value, swishes: boolean) =>
    swishes && !isMinimal ? net.layer("Activation", { activation: "hard_swish" }, x) : net.layer("ReLU", {}, x);
  const normalized = (x: Value, name: string) => net.normalization(x, name, NORM);
  let x = options.flag("include_preprocessing", true) ? net.layer("Rescaling", { scale: 1 / 127.5, offset: -1 }, input) : input;
  x = activate(normalized(net.convolution(x, "conv", 16, 3, { strides: 2, padding: "same", use_bias: false }), "conv_bn"), true);
  blocks.forEach(([size, expanded, channels, squeezes, swishes, strides], block) => {
    const filters = divisible(channels * alpha);
    const prefix = block === 0 ? "expanded_conv_" : `expanded_conv_${block}_`;
    const kernel = isMinimal ? 3 : size;
    const before = x;
    const entering = net.channels(x) ?? 16;
    const expansion = expanded / (blocks[block - 1]?.[2] ?? 16);
    const inside = divisible(entering * expansion);
    if (block > 0) {
      x = net.convolution(x, `${prefix}expand`, inside, 1, { padding: "same", use_bias: false });
      x = activate(normalized(x, `${prefix}expand_bn`), swishes);
    }
    if (strides === 2) x = net.padded(x, `${prefix}depthwise_pad`, kernel);
    const settings = { kernel_size: kernel, strides, padding: strides === 1 ? "same" : "valid", use_bias: false };
    x = net.layer("DepthwiseConv2D", { name: `${prefix}depthwise`, ...settings }, x);
    x = activate(normalized(x, `${prefix}depthwise_bn`), swishes);
    if (squeezes && !isMinimal) x = squeezed(net, x, inside, prefix);
    x = normalized(net.convolution(x, `${prefix}project`, filters, 1, { padding: "same", use_bias: false }), `${prefix}project_bn`);
    if (strides === 1 && entering === filters) x = net.add(before, x, `${prefix}add`);
  });
  const wide = divisible((net.channels(x) ?? 16) * 6);
  x = activate(normalized(net.convolution(x, "conv_1", wide, 1, { padding: "same", use_bias: false }), "conv_1_bn"), true);
  const { includeTop, classes, pooling, activation } = options;
  if (!includeTop) return net.pooled(x, pooling);
  x = net.layer("GlobalAveragePooling2D", { keepdims: true }, x);
  x = activate(net.convolution(x, "conv_2", alpha > 1 ? divisible(last * alpha) : last, 1, { padding: "same" }), true);
  const rate = options.number("dropout_rate", 0.2);
  if (rate > 0) x = net.layer("Dropout", { rate }, x);
  x = net.convolution(x, "logits", classes, 1, { padding: "same" });
  return net.layer("Activation", { name: "predictions", activation }, net.layer("Flatten", {}, x));
}

/** Squeeze-and-excitation; its hard sigmoid is relu6(x + 3)/6. */
function squeezed(net: Builder, input: Value, filters: number, prefix: string): Value {
  let x = net.layer("GlobalAveragePooling2D", { name: `${prefix}squeeze_excite_avg_pool`, keepdims: true }, input);
  x = net.convolution(x, `${prefix}squeeze_excite_conv`, divisible(filters / 4), 1, { padding: "same" });
  x = net.layer("ReLU", { name: `${prefix}squeeze_excite_relu` }, x);
  x = net.convolution(x, `${prefix}squeeze_excite_conv_1`, filters, 1, { padding: "same" });
  x = net.arithmetic("*", net.layer("ReLU", { max_value: 6 }, net.arithmetic("+", x, 3)), 1 / 6);
  return net.joined("Multiply", [input, x], `${prefix}squeeze_excite_mul`);
}
