import { number, withExamples } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import { pointwise } from "./pointwise.js";

/** Inverted dropout (Srivastava et al., 2014): what is kept is scaled up, so that nothing changes when the network is used. */
export const dropout = defineLayer({
  type: "dropout",
  summary: "While training, sets a random share of its inputs to zero, so that no unit relies on a single other one.",
  arguments: { rate: withExamples(number("Share of inputs set to zero, from 0 to below 1.", { least: 0, below: 1 }), 0.5, 0.25) },
  infer: (_args, input) => ({ ok: true, value: pointwise(input) }),

  lower({ rate }, x, _shape, { builder, training, random }) {
    if (!training || rate === 0) return x;
    const kept = builder.binary("greater", random(x), builder.scalar(rate));
    return builder.multiply(x, builder.multiply(kept, builder.scalar(1 / (1 - rate))));
  },
});
