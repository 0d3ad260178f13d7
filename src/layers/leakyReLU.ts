import { LEAKY_RELU_ALPHA } from "./activation.js";
import { number, optional } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import { pointwise } from "./pointwise.js";

export const leakyReLU = defineLayer({
  type: "leakyReLU",
  summary: "x above 0, alpha*x below: a relu that never dies (Maas et al., 2013).",
  arguments: { alpha: optional(number("Slope below zero; PyTorch's usual one is 0.01."), LEAKY_RELU_ALPHA) },
  infer: (_args, input) => ({ ok: true, value: pointwise(input) }),
  lower: ({ alpha }, x, _shape, { builder }) => builder.leakyRelu(x, alpha),
});
