import { type Argument, isCount, quote } from "./arguments.js";
import { LARGEST_RANK } from "./axes.js";
import { fromOrder, inOrder, orderArgument, valueFromOrder, valueInOrder } from "./axisOrder.js";
import { defineLayer } from "./defineLayer.js";
import type { LayerProblem, Shape } from "./kind.js";
import { pointwise } from "./pointwise.js";
import { shapeText } from "./words.js";

const dims: Argument<readonly number[]> = {
  doc: "For each axis of the result, which axis of the input it is: 1 is the first one behind the batch.",
  schema: { type: "array", items: { type: "integer", minimum: 1, maximum: LARGEST_RANK }, uniqueItems: true, examples: [[2, 1, 3]] },
  read(json) {
    const axes: readonly unknown[] = Array.isArray(json) && json.length <= LARGEST_RANK ? json : [];
    const value = axes.filter((axis) => isCount(axis, 1));
    const complete = value.length > 0 && value.every((_, i) => value.includes(i + 1));
    return complete ? { ok: true, value } : { ok: false, error: "every axis once, counted from 1, such as [2, 1, 3]" };
  },
};

export const permute = defineLayer({
  type: "permute",
  summary: "The axes in another order, as transposing a matrix does it.",
  arguments: { dims, order: orderArgument },

  infer({ dims: axes, order }, input) {
    if (axes.length !== input.length) return { ok: false, error: wrongRank(axes, input) };
    const from = inOrder(input, order);
    const output = fromOrder(
      axes.map((axis) => from[axis - 1] ?? 1),
      order,
    );
    const keepsPlaces = axes.length !== 3 || axes.every((axis, i) => axis === i + 1);
    return { ok: true, value: { ...pointwise(output), reach: keepsPlaces ? "pointwise" : "global" } };
  },

  lower: ({ dims: axes, order }, x, _shape, { builder }) =>
    valueFromOrder(builder, builder.transpose(valueInOrder(builder, x, order), [0, ...axes]), order),
});

function wrongRank(dims: readonly number[], input: Shape): LayerProblem {
  const all = input.map((_, i) => i + 1);
  return {
    code: "wrong-axis",
    argument: "dims",
    message: `dims ${quote(dims)} has ${dims.length} axes, but the input ${shapeText(input)} has ${input.length}; use each of 1 to ${input.length} once`,
    fixes: [{ title: `Set dims ${quote(all)}`, set: { dims: all } }],
  };
}
