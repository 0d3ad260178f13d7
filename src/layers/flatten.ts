import { thousands } from "../base/words.js";
import { elementCount } from "../program/shapes.js";
import { BATCH } from "../program/types.js";
import { choice, optional } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import { pointwise } from "./pointwise.js";

export const flatten = defineLayer({
  type: "flatten",
  summary: "All numbers of the image in one row, for the dense layers behind it.",
  arguments: {
    order: optional(
      choice("Which numbers follow each other.", {
        channelsLast: "all channels of the first pixel, then those of the next, as Keras and TensorFlow.js do it",
        channelsFirst: "all pixels of the first channel, then those of the next, as PyTorch and Flux do it",
      }),
      "channelsLast",
    ),
  },
  singular: true,

  infer(_args, input) {
    const size = elementCount(input);
    const formulas = () => (input.length > 1 ? [{ label: "numbers", expression: input.join("*"), value: thousands(size) }] : []);
    return { ok: true, value: { ...pointwise([size]), formulas } };
  },

  lower({ order }, x, shape, { builder }) {
    const ordered = order === "channelsFirst" && x.shape.length === 4 ? builder.transpose(x, [0, 3, 1, 2]) : x;
    return builder.reshape(ordered, [BATCH, ...shape.output]);
  },
});
