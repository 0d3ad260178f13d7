import type { Value } from "../../../interpret/values.js";
import type { Build, Builder } from "./builder.js";

const NORM = { epsilon: 1e-6 };

/** Mean and variance of ImageNet's colours, of pixels up to 255. */
const IMAGENET = {
  mean: [0.485, 0.456, 0.406].map((mean) => mean * 255),
  variance: [0.229, 0.224, 0.225].map((deviation) => (deviation * 255) ** 2),
};

/** ConvNeXt (Liu et al., 2022): blocks of each of the four stages, and the channels of the first, which double with each. */
export function convnext(variant: string, depths: readonly number[], width: number): Build {
  const name = `convnext_${variant}`;
  return (net, input, options) => {
    let x = input;
    if (options.flag("include_preprocessing", true) && net.channels(input) === 3)
      x = net.layer("Normalization", { name: `${name}_prestem_normalization`, ...IMAGENET }, x);
    depths.forEach((depth, stage) => {
      const channels = width * 2 ** stage;
      if (stage === 0) {
        x = net.convolution(x, `${name}_stem_conv`, channels, 4, { strides: 4 });
        x = normalized(net, x, `${name}_stem_layernorm`);
      } else {
        x = normalized(net, x, `${name}_downsampling_layernorm_${stage - 1}`);
        x = net.convolution(x, `${name}_downsampling_conv_${stage - 1}`, channels, 2, { strides: 2 });
      }
      for (let block = 0; block < depth; block++) x = residual(net, x, `${name}_stage_${stage}_block_${block}_`, channels);
    });
    const { includeTop, classes, pooling, activation } = options;
    if (!includeTop) return net.layer("LayerNormalization", NORM, net.pooled(x, pooling, false));
    x = normalized(net, net.layer("GlobalAveragePooling2D", { name: `${name}_head_gap` }, x), `${name}_head_layernorm`);
    return net.layer("Dense", { name: `${name}_head_dense`, units: classes, activation }, x);
  };
}

function normalized(net: Builder, input: Value, name: string): Value {
  return net.layer("LayerNormalization", { name, ...NORM }, input);
}

function residual(net: Builder, input: Value, name: string, channels: number): Value {
  let x = net.convolution(input, `${name}depthwise_conv`, channels, 7, { padding: "same", groups: channels });
  x = net.layer("Dense", { name: `${name}pointwise_conv_1`, units: 4 * channels }, normalized(net, x, `${name}layernorm`));
  x = net.layer("Activation", { name: `${name}gelu`, activation: "gelu" }, x);
  x = net.layer("Dense", { name: `${name}pointwise_conv_2`, units: channels }, x);
  x = net.layer("LayerScale", { name: `${name}layer_scale`, init_values: 1e-6, projection_dim: channels }, x);
  return net.add(input, net.layer("Activation", { name: `${name}identity`, activation: "linear" }, x));
}
