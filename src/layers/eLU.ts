import { scaledElu } from "./activationMath.js";
import { number, optional } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import { pointwise } from "./pointwise.js";

export const eLU = defineLayer({
  type: "eLU",
  summary: "x above 0, alpha*(exp(x) - 1) below (Clevert et al., 2015).",
  arguments: { alpha: optional(number("What it falls to far below zero, times -1."), 1) },
  infer: (_args, input) => ({ ok: true, value: pointwise(input) }),
  lower: ({ alpha }, x, _shape, { builder }) => scaledElu(builder, x, alpha),
});
