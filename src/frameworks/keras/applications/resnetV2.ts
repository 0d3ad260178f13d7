import type { Value } from "../../../interpret/values.js";
import type { Build, Builder } from "./builder.js";

const EPSILON = { epsilon: 1.001e-5 };
const NO_BIAS = { use_bias: false };

/** ResNet that normalizes before each convolution (He et al., 2016); the last block of a stage has its strides. */
export const resnetV2 =
  (depths: readonly number[]): Build =>
  (net, input, options) => {
    let x = net.layer("ZeroPadding2D", { name: "conv1_pad", padding: 3 }, input);
    x = net.convolution(x, "conv1_conv", 64, 7, { strides: 2 });
    x = net.layer("ZeroPadding2D", { name: "pool1_pad", padding: 1 }, x);
    x = net.layer("MaxPooling2D", { name: "pool1_pool", pool_size: 3, strides: 2 }, x);
    depths.forEach((depth, stage) => {
      for (let i = 1; i <= depth; i++) {
        const strides = i === depth && stage < depths.length - 1 ? 2 : 1;
        x = block(net, x, { filters: 64 * 2 ** stage, strides, isFirst: i === 1, name: `conv${stage + 2}_block${i}` });
      }
    });
    return net.head(net.relu(net.normalization(x, "post_bn", EPSILON), "post_relu"), options);
  };

interface Block {
  readonly filters: number;
  readonly strides: number;
  readonly isFirst: boolean;
  readonly name: string;
}

function block(net: Builder, input: Value, { filters, strides, isFirst, name }: Block): Value {
  const before = net.relu(net.normalization(input, `${name}_preact_bn`, EPSILON), `${name}_preact_relu`);
  const shorter = strides > 1 ? net.layer("MaxPooling2D", { pool_size: 1, strides }, input) : input;
  const shortcut = isFirst ? net.convolution(before, `${name}_0_conv`, 4 * filters, 1, { strides }) : shorter;
  let x = net.convolution(before, `${name}_1_conv`, filters, 1, NO_BIAS);
  x = net.relu(net.normalization(x, `${name}_1_bn`, EPSILON), `${name}_1_relu`);
  x = net.layer("ZeroPadding2D", { name: `${name}_2_pad`, padding: 1 }, x);
  x = net.convolution(x, `${name}_2_conv`, filters, 3, { strides, ...NO_BIAS });
  x = net.relu(net.normalization(x, `${name}_2_bn`, EPSILON), `${name}_2_relu`);
  return net.add(shortcut, net.convolution(x, `${name}_3_conv`, 4 * filters, 1), `${name}_out`);
}
