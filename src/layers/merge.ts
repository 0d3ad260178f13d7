import type { Builder } from "../program/builder.js";
import { broadcastShapes } from "../program/shapes.js";
import type { Value } from "../program/types.js";
import { defineMerge } from "./defineLayer.js";
import type { Inferred, LayerKind, LayerProblem, Shape } from "./kind.js";
import { pointwise } from "./pointwise.js";
import { shapeText } from "./words.js";

/** A layer that joins inputs number by number; sizes of 1 are repeated. */
interface ElementwiseMerge<Type extends string> {
  readonly type: Type;
  readonly summary: string;
  /** Takes two inputs and no more. */
  readonly pairwise?: true;
  combine(builder: Builder, a: Value, b: Value): Value;
  /** What is done to the combination of this many inputs. */
  finish?(builder: Builder, combined: Value, inputs: number): Value;
}

export function defineElementwiseMerge<const Type extends string>(merge: ElementwiseMerge<Type>): LayerKind<Type, Record<never, never>> {
  return defineMerge({
    type: merge.type,
    summary: merge.summary,
    arguments: {},
    infer: (_args, inputs, names) => (merge.pairwise && inputs.length > 2 ? tooMany(inputs.length) : inferMerge(inputs, names)),
    lower: (_args, [first, ...others], _shape, { builder }) => {
      if (!first) throw new Error(`${merge.type} is lowered without inputs.`);
      const combined = others.reduce((sum, x) => merge.combine(builder, sum, x), first);
      return merge.finish?.(builder, combined, others.length + 1) ?? combined;
    },
  });
}

function tooMany(count: number): Inferred {
  const message = `joins two inputs, but gets ${count}; join the others by a layer of their own`;
  return { ok: false, error: { code: "wrong-inputs", argument: "inputs", message, fixes: [] } };
}

function inferMerge(inputs: readonly Shape[], names: readonly string[]): Inferred {
  const [first = [], ...others] = inputs;
  let joined = first;
  for (const [i, shape] of others.entries()) {
    const fitting = shape.length === first.length ? broadcastShapes(joined, shape) : undefined;
    if (!fitting) return { ok: false, error: unequal([joined, names[0] ?? "first input"], [shape, names[i + 1] ?? "another input"]) };
    joined = fitting;
  }
  return { ok: true, value: pointwise(joined) };
}

function unequal([a, nameOfA]: [Shape, string], [b, nameOfB]: [Shape, string]): LayerProblem {
  const message = `needs equal shapes, but gets ${shapeText(a)} (${nameOfA}) and ${shapeText(b)} (${nameOfB}); ${remedy([a, nameOfA], [b, nameOfB])}`;
  return { code: "unequal-shapes", message, fixes: [] };
}

function remedy([a, nameOfA]: [Shape, string], [b, nameOfB]: [Shape, string]): string {
  if (a.length !== b.length) {
    const [lower, axes] = a.length < b.length ? [nameOfA, b.length] : [nameOfB, a.length];
    return `reshape ${lower} to ${axes} axes, with 1 where its numbers are to be repeated`;
  }
  if (a.length === 3) {
    const [[height = 0, width = 0], [lessHeight = 1, lessWidth = 1], larger] =
      (a[0] ?? 0) >= (b[0] ?? 0) ? ([a, b, nameOfA] as const) : ([b, a, nameOfB] as const);
    const factor = height / lessHeight;
    if (factor > 1 && Number.isInteger(factor) && width / lessWidth === factor)
      return `give ${larger} strides ${factor}, or pool its output`;
    if (factor === 1 && width === lessWidth) return `give ${nameOfB} ${a[2]} channels with a conv2d of kernelSize 1`;
  }
  return `make ${nameOfB} ${shapeText(a)}`;
}
