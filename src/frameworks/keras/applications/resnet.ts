import type { Value } from "../../../interpret/values.js";
import type { ApplicationOptions, Builder } from "./builder.js";

const EPSILON = { epsilon: 1.001e-5 };

/** ResNet with bottlenecks (He et al., 2015); so many blocks in each of its four stages. */
export const resnet =
  (depths: readonly number[]) =>
  (net: Builder, input: Value, options: ApplicationOptions): Value => {
    let x = net.layer("ZeroPadding2D", { name: "conv1_pad", padding: 3 }, input);
    x = net.convolution(x, "conv1_conv", 64, 7, { strides: 2 });
    x = net.relu(net.normalization(x, "conv1_bn", EPSILON), "conv1_relu");
    x = net.layer("ZeroPadding2D", { name: "pool1_pad", padding: 1 }, x);
    x = net.layer("MaxPooling2D", { name: "pool1_pool", pool_size: 3, strides: 2 }, x);
    depths.forEach((depth, stage) => {
      for (let i = 1; i <= depth; i++) {
        x = block(net, x, {
          filters: 64 * 2 ** stage,
          strides: i === 1 && stage > 0 ? 2 : 1,
          isFirst: i === 1,
          name: `conv${stage + 2}_block${i}`,
        });
      }
    });
    return net.head(x, options);
  };

interface Block {
  readonly filters: number;
  readonly strides: number;
  readonly isFirst: boolean;
  readonly name: string;
}

function block(net: Builder, input: Value, { filters, strides, isFirst, name }: Block): Value {
  const shortcut = isFirst
    ? net.normalization(net.convolution(input, `${name}_0_conv`, 4 * filters, 1, { strides }), `${name}_0_bn`, EPSILON)
    : input;
  let x = net.convolution(input, `${name}_1_conv`, filters, 1, { strides });
  x = net.relu(net.normalization(x, `${name}_1_bn`, EPSILON), `${name}_1_relu`);
  x = net.convolution(x, `${name}_2_conv`, filters, 3, { padding: "same" });
  x = net.relu(net.normalization(x, `${name}_2_bn`, EPSILON), `${name}_2_relu`);
  x = net.normalization(net.convolution(x, `${name}_3_conv`, 4 * filters, 1), `${name}_3_bn`, EPSILON);
  return net.relu(net.add(shortcut, x, `${name}_add`), `${name}_out`);
}
