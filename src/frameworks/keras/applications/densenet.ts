import type { Value } from "../../../interpret/values.js";
import type { Build, Builder } from "./builder.js";

const EPSILON = { epsilon: 1.001e-5 };
/** Channels that each layer adds. */
const GROWTH = 32;

/** DenseNet (Huang et al., 2017); so many layers in each of its four blocks. */
export const densenet =
  (depths: readonly number[]): Build =>
  (net, input, options) => {
    let x = net.layer("ZeroPadding2D", { padding: 3 }, input);
    x = net.convolution(x, "conv1_conv", 64, 7, { strides: 2, use_bias: false });
    x = net.relu(net.normalization(x, "conv1_bn", EPSILON), "conv1_relu");
    x = net.layer("MaxPooling2D", { name: "pool1", pool_size: 3, strides: 2 }, net.layer("ZeroPadding2D", { padding: 1 }, x));
    depths.forEach((depth, i) => {
      if (i > 0) x = transition(net, x, `pool${i + 1}`);
      for (let layer = 1; layer <= depth; layer++) x = grown(net, x, `conv${i + 2}_block${layer}`);
    });
    return net.head(net.relu(net.normalization(x, "bn", EPSILON), "relu"), options);
  };

function grown(net: Builder, input: Value, name: string): Value {
  let x = net.relu(net.normalization(input, `${name}_0_bn`, EPSILON), `${name}_0_relu`);
  x = net.convolution(x, `${name}_1_conv`, 4 * GROWTH, 1, { use_bias: false });
  x = net.relu(net.normalization(x, `${name}_1_bn`, EPSILON), `${name}_1_relu`);
  x = net.convolution(x, `${name}_2_conv`, GROWTH, 3, { padding: "same", use_bias: false });
  return net.joined("Concatenate", [input, x], `${name}_concat`);
}

/** Half the channels, half the size. */
function transition(net: Builder, input: Value, name: string): Value {
  const filters = Math.floor((net.channels(input) ?? 0) / 2);
  let x = net.relu(net.normalization(input, `${name}_bn`, EPSILON), `${name}_relu`);
  x = net.convolution(x, `${name}_conv`, filters, 1, { use_bias: false });
  return net.layer("AveragePooling2D", { name: `${name}_pool`, pool_size: 2, strides: 2 }, x);
}
