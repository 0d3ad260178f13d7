import { thousands } from "../base/words.js";
import { BATCH } from "../program/types.js";
import { defineLayer } from "./defineLayer.js";
import { pointwise } from "./pointwise.js";

export const flatten = defineLayer({
  type: "flatten",
  summary: "All numbers of the image in one row, for the dense layers behind it.",
  arguments: {},
  singular: true,

  infer(_args, input) {
    const size = input.reduce((product, axis) => product * axis, 1);
    const formulas = () => (input.length > 1 ? [{ label: "numbers", expression: input.join("*"), value: thousands(size) }] : []);
    return { ok: true, value: { ...pointwise([size]), formulas } };
  },

  lower: (_args, x, shape, { builder }) => builder.reshape(x, [BATCH, ...shape.output]),
});
