import type { Builder } from "../program/builder.js";
import type { Value } from "../program/types.js";

/** Brings the numbers along these axes to mean 0 and variance 1: (x - mean)/sqrt(variance + epsilon), the variance biased. */
export function standardize(builder: Builder, x: Value, axes: readonly number[], epsilon: number): Value {
  const centered = builder.subtract(x, builder.reduce("mean", x, axes, true));
  const variance = builder.reduce("mean", builder.unary("square", centered), axes, true);
  return builder.divide(centered, builder.unary("sqrt", builder.add(variance, builder.scalar(epsilon))));
}
