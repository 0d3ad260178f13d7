import { number, withExamples } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import { normalNumbers } from "./normalNumbers.js";
import { pointwise } from "./pointwise.js";

export const gaussianNoise = defineLayer({
  type: "gaussianNoise",
  summary: "While training, adds random numbers of a normal distribution around 0, so that no example comes twice.",
  arguments: { deviation: withExamples(number("Standard deviation of what is added.", { least: 0 }), 0.1) },
  infer: (_args, input) => ({ ok: true, value: pointwise(input) }),

  lower({ deviation }, x, _shape, { builder, training, random }) {
    if (!training || deviation === 0) return x;
    return builder.add(x, builder.multiply(normalNumbers(builder, random(x)), builder.scalar(deviation)));
  },
});
