import type { Value } from "../program/types.js";
import { number, withExamples } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import type { LowerContext } from "./kind.js";
import { pointwise } from "./pointwise.js";

export const rateArgument = {
  rate: withExamples(number("Share of inputs set to zero, from 0 to below 1.", { least: 0, below: 1 }), 0.5, 0.25),
};

/** Inverted dropout (Srivastava et al., 2014): what is kept is scaled up, so that nothing changes when the network is used. */
export const dropout = defineLayer({
  type: "dropout",
  summary: "While training, sets a random share of its inputs to zero, so that no unit relies on a single other one.",
  arguments: rateArgument,
  infer: (_args, input) => ({ ok: true, value: pointwise(input) }),
  lower: ({ rate }, x, _shape, context) => dropOut(rate, x, () => x, context),
});

/** Drops what `like` has one number for, if the network is being trained. */
export function dropOut(rate: number, x: Value, like: () => Value, { builder, training, random }: LowerContext): Value {
  if (!training || rate === 0) return x;
  const kept = builder.binary("greater", random(like()), builder.scalar(rate));
  return builder.multiply(x, builder.multiply(kept, builder.scalar(1 / (1 - rate))));
}
