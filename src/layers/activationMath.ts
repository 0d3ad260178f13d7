import type { Builder } from "../program/builder.js";
import type { Value } from "../program/types.js";

/** Numbers below `low` become `low`, those above `high` become `high`. */
export function clip(b: Builder, x: Value, low: number, high: number): Value {
  const raised = low === 0 ? b.unary("relu", x) : b.binary("maximum", x, b.scalar(low));
  return b.binary("minimum", raised, b.scalar(high));
}

/** relu6(x + 3)/6 */
export function hardSigmoid6(b: Builder, x: Value): Value {
  return b.multiply(clip(b, b.add(x, b.scalar(3)), 0, 6), b.scalar(1 / 6));
}

/** min(x, 0), whose derivative at 0 is 1: what layers with a slope below zero have there in every framework. */
export function negativePart(b: Builder, x: Value): Value {
  return b.subtract(x, b.unary("relu", x));
}

/** x above 0, alpha*(exp(x) - 1) below (Clevert et al., 2015). */
export function scaledElu(b: Builder, x: Value, alpha: number): Value {
  if (alpha === 1) return b.unary("elu", x);
  return b.add(b.unary("relu", x), b.multiply(b.unary("elu", negativePart(b, x)), b.scalar(alpha)));
}

// Klambauer et al., "Self-Normalizing Neural Networks", 2017, equation 14.
const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

export function selu(b: Builder, x: Value): Value {
  return b.multiply(scaledElu(b, x, SELU_ALPHA), b.scalar(SELU_SCALE));
}

/** x/(1 + |x|) */
export function softsign(b: Builder, x: Value): Value {
  return b.divide(x, b.add(b.unary("absolute", x), b.scalar(1)));
}

/** x*(1 + gate)/2 */
export function timesHalf(b: Builder, x: Value, gate: Value): Value {
  return b.multiply(b.multiply(x, b.scalar(0.5)), b.add(gate, b.scalar(1)));
}

/** Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016: their approximation. */
export function geluTanh(b: Builder, x: Value): Value {
  const cubed = b.multiply(b.multiply(b.unary("square", x), x), b.scalar(0.044715));
  return timesHalf(b, x, b.unary("tanh", b.multiply(b.add(x, cubed), b.scalar(Math.sqrt(2 / Math.PI)))));
}

/** Along the last axis; less the largest first, so that no exponential overflows. */
export function logSoftmax(b: Builder, x: Value): Value {
  const last = [x.shape.length - 1];
  const shifted = b.subtract(x, b.reduce("max", x, last, true));
  return b.subtract(shifted, b.unary("log", b.reduce("sum", b.unary("exp", shifted), last, true)));
}
