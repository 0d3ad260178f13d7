import type { BinaryOperator } from "../../../syntax/tree.js";
import type { TensorOperations } from "../../tensorOperations.js";
import { type Call, type TensorValue, unknown, type Value } from "../../values.js";
import { indexedArray } from "./axes.js";
import { applyElementwise } from "./elementwise.js";
import { multiplied } from "./products.js";

/** Operators on arrays. The core does not say whether one was dotted: of a product of two arrays both shapes tell. */
export const arrayOperations: TensorOperations = {
  attribute: () => undefined,
  unary: (operator, x, call) => applyElementwise(operator, [x], call),
  binary: onArrays,
  compare: (operator, left, right, call) => applyElementwise(operator, [left, right], call),
  index: indexedArray,
  items: slices,
};

export function onArrays(operator: BinaryOperator, left: Value, right: Value, call: Call): Value {
  if (operator === "*" && left.kind !== "number" && right.kind !== "number") return multiplied(left, right, call);
  return applyElementwise(SIGNS[operator] ?? operator, [left, right], call);
}

const SIGNS: Partial<Record<BinaryOperator, string>> = { "//": "÷", "**": "^" };

/** Iterating an array gives its numbers; nobody builds layers of them. */
function slices({ tensor }: TensorValue): readonly Value[] | undefined {
  const { shape } = tensor;
  const count = shape?.length === 1 ? shape[0] : undefined;
  return count !== undefined && count <= 1000 ? Array.from({ length: count }, () => unknown("a number of an array")) : undefined;
}
