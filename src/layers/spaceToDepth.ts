import { BATCH } from "../program/types.js";
import { defineLayer } from "./defineLayer.js";
import { blockArguments } from "./depthOrder.js";
import { asImage, isProblem } from "./image.js";
import { pointwise } from "./pointwise.js";

export const spaceToDepth = defineLayer({
  type: "spaceToDepth",
  summary: "Each block of pixels becomes one pixel with the channels of all, also called pixel unshuffle.",
  arguments: blockArguments,

  infer({ blockSize }, input) {
    const image = asImage(input);
    if (isProblem(image)) return { ok: false, error: image };
    const [height, width, channels] = image;
    if (height % blockSize > 0 || width % blockSize > 0) {
      const message = `blockSize ${blockSize} does not divide ${height}x${width}; pad the image, or use a divisor of both`;
      return { ok: false, error: { code: "wrong-block", argument: "blockSize", message, fixes: [] } };
    }
    const output = [height / blockSize, width / blockSize, channels * blockSize ** 2];
    return {
      ok: true,
      value: {
        ...pointwise(output),
        reach: { kernel: [blockSize, blockSize], strides: [blockSize, blockSize], dilation: [1, 1], padding: [0, 0, 0, 0] },
        formulas: () => [{ label: "channels", expression: `${channels}*${blockSize}*${blockSize}`, value: String(output[2]) }],
      },
    };
  },

  lower({ blockSize, order }, x, { output }, { builder }) {
    const [height = 1, width = 1] = output;
    const channels = x.shape[3] ?? 1;
    const blocks = builder.reshape(x, [BATCH, height, blockSize, width, blockSize, channels]);
    const deep = builder.transpose(blocks, order === "DCR" ? [0, 1, 3, 2, 4, 5] : [0, 1, 3, 5, 2, 4]);
    return builder.reshape(deep, [BATCH, ...output]);
  },
});
