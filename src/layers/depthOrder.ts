import { choice, count, optional } from "./arguments.js";

/** Arguments of layers that move pixels of a block to channels, or back. */
export const blockArguments = {
  blockSize: count("Rows and columns of a block.", 2),
  order: optional(
    choice("How channels are counted, in ONNX' words.", {
      DCR: "the places of a block, and for each all channels: TensorFlow",
      CRD: "the channels, and for each all places of a block: PyTorch's pixel_shuffle",
    }),
    "DCR",
  ),
};
