import type { Builder } from "../program/builder.js";
import type { Value } from "../program/types.js";
import { type Argument, optional } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import type { LayerProblem, Shape } from "./kind.js";
import { pointwise } from "./pointwise.js";
import { shapeText } from "./words.js";

/** One number for all channels, or one for each. */
type PerChannel = number | readonly number[];

function perChannel(doc: string): Argument<PerChannel> {
  const isNumber = (json: unknown): json is number => typeof json === "number" && Number.isFinite(json);
  return {
    doc,
    schema: { type: ["number", "array"], items: { type: "number" }, minItems: 1 },
    read(json) {
      if (isNumber(json)) return { ok: true, value: json };
      const list: readonly unknown[] = Array.isArray(json) ? json : [];
      const value = list.filter(isNumber);
      return value.length > 0 && value.length === list.length
        ? { ok: true, value }
        : { ok: false, error: "a number, or a list of one for each channel" };
    },
  };
}

export const rescaling = defineLayer({
  type: "rescaling",
  summary: "x*scale + offset with fixed numbers: brings inputs into the range a network was trained on.",
  arguments: {
    scale: optional(perChannel("Factor of each number; a list has one for each channel."), 1),
    offset: optional(perChannel("Added to each number; a list has one for each channel."), 0),
  },
  infer({ scale, offset }, input) {
    const problem = misfit("scale", scale, input) ?? misfit("offset", offset, input);
    return problem ? { ok: false, error: problem } : { ok: true, value: pointwise(input) };
  },

  lower({ scale, offset }, x, _shape, { builder }) {
    const scaled = scale === 1 ? x : builder.multiply(x, fixed(builder, scale));
    return offset === 0 ? scaled : builder.add(scaled, fixed(builder, offset));
  },
});

function misfit(argument: string, value: PerChannel, input: Shape): LayerProblem | undefined {
  if (typeof value === "number" || value.length === input.at(-1)) return undefined;
  const message = `has ${value.length} numbers of ${argument} for ${shapeText(input)}; use one, or one for each of the last axis`;
  return { code: "wrong-value", argument, message, fixes: [] };
}

const fixed = (builder: Builder, value: PerChannel): Value =>
  typeof value === "number" ? builder.scalar(value) : builder.constant(value, [value.length]);
