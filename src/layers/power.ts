import type { Builder } from "../program/builder.js";
import type { Value } from "../program/types.js";
import { number, withExamples } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import { pointwise } from "./pointwise.js";

/** Beyond this, float32 overflows at 4 already. */
const LARGEST_EXPONENT = 64;

export const power = defineLayer({
  type: "power",
  summary:
    "Each number to a power. A negative number has none where the exponent is not whole: that yields NaN, as it does in every framework.",
  arguments: { exponent: withExamples(number("The exponent.", { least: -LARGEST_EXPONENT, most: LARGEST_EXPONENT }), 2, 0.5) },
  infer: (_args, input) => ({ ok: true, value: pointwise(input) }),
  lower: ({ exponent }, x, _shape, { builder }) => raise(builder, x, exponent),
});

function raise(b: Builder, x: Value, exponent: number): Value {
  if (exponent < 0) return b.unary("reciprocal", raise(b, x, -exponent));
  if (exponent === 0.5) return b.unary("sqrt", x);
  return Number.isInteger(exponent) ? multiplied(b, x, exponent) : byLogarithm(b, x, exponent);
}

/** By squaring: x^13 = x * x^4 * x^8. */
function multiplied(b: Builder, x: Value, exponent: number): Value {
  if (exponent === 0) return b.add(b.multiply(x, b.scalar(0)), b.scalar(1));
  if (exponent === 1) return x;
  const half = multiplied(b, b.unary("square", x), Math.floor(exponent / 2));
  return exponent % 2 === 0 ? half : b.multiply(x, half);
}

/** exp(exponent*log(x)); at 0 it is 0 with derivative 0, where the logarithm alone would leave no number. */
function byLogarithm(b: Builder, x: Value, exponent: number): Value {
  const isZero = b.binary("equal", x, b.scalar(0));
  const raised = b.unary("exp", b.multiply(b.unary("log", b.add(x, isZero)), b.scalar(exponent)));
  return b.multiply(raised, b.subtract(b.scalar(1), isZero));
}
