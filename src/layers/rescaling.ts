import { number, optional } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import { pointwise } from "./pointwise.js";

export const rescaling = defineLayer({
  type: "rescaling",
  summary: "x*scale + offset with fixed numbers: brings inputs into the range a network was trained on.",
  arguments: { scale: optional(number("Factor of each number."), 1), offset: optional(number("Added to each number."), 0) },
  infer: (_args, input) => ({ ok: true, value: pointwise(input) }),

  lower({ scale, offset }, x, _shape, { builder }) {
    const scaled = scale === 1 ? x : builder.multiply(x, builder.scalar(scale));
    return offset === 0 ? scaled : builder.add(scaled, builder.scalar(offset));
  },
});
