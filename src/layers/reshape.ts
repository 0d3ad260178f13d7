import { elementCount } from "../program/shapes.js";
import { BATCH } from "../program/types.js";
import { type Argument, isCount, LARGEST_COUNT, quote } from "./arguments.js";
import { LARGEST_RANK } from "./axes.js";
import { fromOrder, inOrder, orderArgument, valueFromOrder, valueInOrder } from "./axisOrder.js";
import { defineLayer } from "./defineLayer.js";
import type { LayerProblem, Shape } from "./kind.js";
import { pointwise } from "./pointwise.js";
import { shapeText } from "./words.js";

const REST = -1;

const targetShape: Argument<Shape> = {
  doc: "The new shape without the batch, in the order that `order` says; one size may be -1, for what is left.",
  schema: {
    type: "array",
    minItems: 1,
    maxItems: LARGEST_RANK,
    items: { type: "integer", minimum: REST, maximum: LARGEST_COUNT, not: { const: 0 } },
    examples: [[7, 7, 64]],
  },
  read(json) {
    const sizes: readonly unknown[] = Array.isArray(json) && json.length <= LARGEST_RANK ? json : [];
    const value = sizes.filter((size): size is number => isCount(size, 1) || size === REST);
    const right = value.length > 0 && value.length === sizes.length && value.filter((size) => size === REST).length <= 1;
    return right ? { ok: true, value } : { ok: false, error: "a list of whole numbers from 1, such as [7, 7, 64]; one may be -1" };
  },
};

export const reshape = defineLayer({
  type: "reshape",
  summary: "The same numbers in another shape.",
  arguments: { targetShape, order: orderArgument },

  infer({ targetShape: target, order }, input) {
    const shape = resolveTarget(target, input);
    if (elementCount(shape) !== elementCount(input) || !shape.every(Number.isInteger)) return { ok: false, error: misfit(target, input) };
    const output = fromOrder(shape, order);
    return { ok: true, value: { ...pointwise(output), reach: keepsPlaces(input, output) ? "pointwise" : "global" } };
  },

  lower: ({ order }, x, { output }, { builder }) =>
    valueFromOrder(builder, builder.reshape(valueInOrder(builder, x, order), [BATCH, ...inOrder(output, order)]), order),
});

/** The target with what is left in place of -1. */
export function resolveTarget(target: Shape, input: Shape): Shape {
  return target.map((size) => (size === REST ? elementCount(input) / knownCount(target) : size));
}

const knownCount = (target: Shape): number => elementCount(target.filter((size) => size !== REST));

/** Whether a unit still sees what its place did: images keep their height and width. */
function keepsPlaces(input: Shape, output: Shape): boolean {
  return input.length !== 3 || output.length !== 3 || (input[0] === output[0] && input[1] === output[1]);
}

function misfit(target: Shape, input: Shape): LayerProblem {
  const known = knownCount(target);
  const holds = target.includes(REST) ? `a multiple of ${known} numbers` : `${known} numbers`;
  return {
    code: "wrong-shape",
    argument: "targetShape",
    message: `targetShape ${quote(target)} holds ${holds}, but the input ${shapeText(input)} has ${elementCount(input)}; use sizes whose product is ${elementCount(input)}`,
    fixes: [{ title: "Set targetShape [-1]", set: { targetShape: [REST] } }],
  };
}
