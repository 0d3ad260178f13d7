import type { Value } from "../../../interpret/values.js";
import { divisible } from "../../published/divisible.js";
import { MOBILENET_V2_STAGES } from "../../published/mobileNet.js";
import type { ApplicationOptions, Builder } from "./builder.js";

const NORM = { epsilon: 1e-3, momentum: 0.999 };

/** MobileNetV2: inverted residuals with linear bottlenecks. */
export function mobilenetV2(net: Builder, input: Value, options: ApplicationOptions): Value {
  const alpha = options.number("alpha", 1);
  let x = net.convolution(input, "Conv1", divisible(32 * alpha), 3, { strides: 2, padding: "same", use_bias: false });
  x = net.relu6(net.normalization(x, "bn_Conv1", NORM), "Conv1_relu");
  let block = 0;
  for (const [expansion, channels, repeats, strides] of MOBILENET_V2_STAGES) {
    for (let i = 0; i < repeats; i++, block++) {
      x = inverted(net, x, { expansion, filters: divisible(channels * alpha), strides: i === 0 ? strides : 1, block });
    }
  }
  const last = alpha > 1 ? divisible(1280 * alpha) : 1280;
  x = net.convolution(x, "Conv_1", last, 1, { use_bias: false });
  x = net.relu6(net.normalization(x, "Conv_1_bn", NORM), "out_relu");
  const { includeTop, classes, pooling, activation } = options;
  if (!includeTop) return net.pooled(x, pooling, false);
  return net.layer("Dense", { name: "predictions", units: classes, activation }, net.layer("GlobalAveragePooling2D", {}, x));
}

interface Inverted {
  readonly expansion: number;
  readonly filters: number;
  readonly strides: number;
  readonly block: number;
}

function inverted(net: Builder, input: Value, { expansion, filters, strides, block }: Inverted): Value {
  const channels = net.channels(input) ?? filters;
  const prefix = block === 0 ? "expanded_conv_" : `block_${block}_`;
  let x = input;
  if (block > 0) {
    x = net.convolution(x, `${prefix}expand`, expansion * channels, 1, { padding: "same", use_bias: false });
    x = net.relu6(net.normalization(x, `${prefix}expand_BN`, NORM), `${prefix}expand_relu`);
  }
  if (strides === 2) x = net.padded(x, `${prefix}pad`, 3);
  const padding = strides === 2 ? "valid" : "same";
  x = net.layer("DepthwiseConv2D", { name: `${prefix}depthwise`, kernel_size: 3, strides, padding, use_bias: false }, x);
  x = net.relu6(net.normalization(x, `${prefix}depthwise_BN`, NORM), `${prefix}depthwise_relu`);
  x = net.convolution(x, `${prefix}project`, filters, 1, { padding: "same", use_bias: false });
  x = net.normalization(x, `${prefix}project_BN`, NORM);
  return channels === filters && strides === 1 ? net.add(input, x, `${prefix}add`) : x;
}
