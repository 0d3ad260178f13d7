import type { Parameter } from "../layers/kind.js";
import type { GraphBuilder } from "../program/graphBuilder.js";
import type { Value } from "../program/types.js";

/** The sum of all penalties on weights: l1 * sum|w| + l2 * sum w^2 of each, `l2` being added for every trainable kernel. */
export function penalties(
  builder: GraphBuilder,
  parameters: readonly { readonly parameter: Parameter; readonly value: Value }[],
  l2: number,
): Value | undefined {
  const terms = parameters.flatMap(({ parameter, value }) => {
    const isKernel = parameter.trainable && parameter.shape.length >= 2;
    return [
      ...weighted(builder, parameter.penalty?.l1 ?? 0, "absolute", value),
      ...weighted(builder, (parameter.penalty?.l2 ?? 0) + (isKernel ? l2 : 0), "square", value),
    ];
  });
  return terms.length === 0 ? undefined : terms.reduce((sum, term) => builder.add(sum, term));
}

function weighted(b: GraphBuilder, factor: number, fn: "absolute" | "square", value: Value): Value[] {
  if (factor === 0) return [];
  const axes = value.shape.map((_, axis) => axis);
  return [b.multiply(b.reduce("sum", b.unary(fn, value), axes, false), b.scalar(factor))];
}
