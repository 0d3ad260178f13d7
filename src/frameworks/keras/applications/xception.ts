import type { Value } from "../../../interpret/values.js";
import type { ApplicationOptions, Builder } from "./builder.js";

/** Xception (Chollet, 2017): separable convolutions, with residuals around pairs and threes of them. */
export function xception(net: Builder, input: Value, options: ApplicationOptions): Value {
  const convolved = (x: Value, name: string, filters: number, strides: number) =>
    net.relu(net.normalization(net.convolution(x, name, filters, 3, { strides, use_bias: false }), `${name}_bn`), `${name}_act`);
  const separable = (x: Value, name: string, filters: number) =>
    net.normalization(net.layer("SeparableConv2D", { name, filters, kernel_size: 3, padding: "same", use_bias: false }, x), `${name}_bn`);
  const shortcut = (x: Value, filters: number) =>
    net.layer("BatchNormalization", {}, net.layer("Conv2D", { filters, kernel_size: 1, strides: 2, padding: "same", use_bias: false }, x));
  const pooled = (x: Value, block: number) =>
    net.layer("MaxPooling2D", { name: `block${block}_pool`, pool_size: 3, strides: 2, padding: "same" }, x);

  let x = convolved(convolved(input, "block1_conv1", 32, 2), "block1_conv2", 64, 1);
  for (const [block, first, second] of ENTRY) {
    const residual = shortcut(x, second);
    if (block > 2) x = net.relu(x, `block${block}_sepconv1_act`);
    x = net.relu(separable(x, `block${block}_sepconv1`, first), `block${block}_sepconv2_act`);
    x = net.add(pooled(separable(x, `block${block}_sepconv2`, second), block), residual);
  }
  for (let block = 5; block <= 12; block++) {
    const residual = x;
    for (const i of [1, 2, 3]) x = separable(net.relu(x, `block${block}_sepconv${i}_act`), `block${block}_sepconv${i}`, 728);
    x = net.add(x, residual);
  }
  const residual = shortcut(x, 1024);
  x = separable(net.relu(x, "block13_sepconv1_act"), "block13_sepconv1", 728);
  x = separable(net.relu(x, "block13_sepconv2_act"), "block13_sepconv2", 1024);
  x = net.add(pooled(x, 13), residual);
  x = net.relu(separable(x, "block14_sepconv1", 1536), "block14_sepconv1_act");
  x = net.relu(separable(x, "block14_sepconv2", 2048), "block14_sepconv2_act");
  return options.includeTop ? net.head(x, options) : net.pooled(x, options.pooling, false);
}

/** Blocks of the entry flow: number, channels of both separable convolutions. */
const ENTRY = [
  [2, 128, 128],
  [3, 256, 256],
  [4, 728, 728],
] as const;
