import { BATCH } from "../program/types.js";
import { defineLayer } from "./defineLayer.js";
import { blockArguments } from "./depthOrder.js";
import { asImage, isProblem } from "./image.js";
import { pointwise } from "./pointwise.js";

/** Sub-pixel convolution's last step (Shi et al., 2016). */
export const depthToSpace = defineLayer({
  type: "depthToSpace",
  summary: "The channels of each pixel become a block of pixels, also called pixel shuffle.",
  arguments: blockArguments,

  infer({ blockSize }, input) {
    const image = asImage(input);
    if (isProblem(image)) return { ok: false, error: image };
    const [height, width, channels] = image;
    const places = blockSize ** 2;
    if (channels % places > 0) {
      const message = `blockSize ${blockSize} needs a multiple of ${places} channels, but gets ${channels}; use a conv2d with ${places * Math.ceil(channels / places)} filters before it`;
      return { ok: false, error: { code: "wrong-block", argument: "blockSize", message, fixes: [] } };
    }
    const output = [height * blockSize, width * blockSize, channels / places];
    return {
      ok: true,
      value: {
        ...pointwise(output),
        reach: { kernel: [1, 1], strides: [1 / blockSize, 1 / blockSize], dilation: [1, 1], padding: [0, 0, 0, 0] },
        formulas: () => [{ label: "channels", expression: `${channels}/(${blockSize}*${blockSize})`, value: String(output[2]) }],
      },
    };
  },

  lower({ blockSize, order }, x, { output }, { builder }) {
    const [, height = 1, width = 1] = x.shape;
    const channels = output[2] ?? 1;
    const sizes = order === "DCR" ? [blockSize, blockSize, channels] : [channels, blockSize, blockSize];
    const deep = builder.reshape(x, [BATCH, height, width, ...sizes]);
    const blocks = builder.transpose(deep, order === "DCR" ? [0, 1, 3, 2, 4, 5] : [0, 1, 4, 2, 5, 3]);
    return builder.reshape(blocks, [BATCH, ...output]);
  },
});
