import type { Value } from "../../../interpret/values.js";
import { MOBILENET_BLOCKS } from "../../published/mobileNet.js";
import type { ApplicationOptions, Builder } from "./builder.js";

/** MobileNet: depthwise and pointwise convolutions in turns. */
export function mobilenet(net: Builder, input: Value, options: ApplicationOptions): Value {
  const alpha = options.number("alpha", 1);
  let x = net.convolution(input, "conv1", Math.floor(32 * alpha), 3, { strides: 2, padding: "same", use_bias: false });
  x = net.relu6(net.normalization(x, "conv1_bn"), "conv1_relu");
  MOBILENET_BLOCKS.forEach(([filters, strides], i) => {
    const block = i + 1;
    if (strides === 2)
      x = net.layer(
        "ZeroPadding2D",
        {
          name: `conv_pad_${block}`,
          padding: [
            [0, 1],
            [0, 1],
          ],
        },
        x,
      );
    const settings = { kernel_size: 3, strides, padding: strides === 1 ? "same" : "valid", use_bias: false };
    x = net.layer("DepthwiseConv2D", { name: `conv_dw_${block}`, ...settings, depth_multiplier: options.number("depth_multiplier", 1) }, x);
    x = net.relu6(net.normalization(x, `conv_dw_${block}_bn`), `conv_dw_${block}_relu`);
    x = net.convolution(x, `conv_pw_${block}`, Math.floor(filters * alpha), 1, { padding: "same", use_bias: false });
    x = net.relu6(net.normalization(x, `conv_pw_${block}_bn`), `conv_pw_${block}_relu`);
  });
  const { includeTop, classes, pooling, activation } = options;
  if (!includeTop) return net.pooled(x, pooling, false);
  x = net.layer("GlobalAveragePooling2D", { keepdims: true }, x);
  x = net.layer("Dropout", { name: "dropout", rate: options.number("dropout", 1e-3) }, x);
  x = net.convolution(x, "conv_preds", classes, 1, { padding: "same" });
  x = net.layer("Reshape", { name: "reshape_2", target_shape: [classes] }, x);
  return net.layer("Activation", { name: "predictions", activation }, x);
}
