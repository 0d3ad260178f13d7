import type { TensorOperations } from "../../../interpret/tensorOperations.js";
import { unknown, type Value } from "../../../interpret/values.js";
import type { BinaryOperator } from "../../../syntax/tree.js";
import type { Rule } from "../core/answer.js";
import { applyRule, functionActor } from "../core/record.js";
import { startingTensor, TorchTensor } from "../core/tensor.js";
import { arithmetic } from "../operations/arithmetic.js";
import { elementwise } from "../operations/broadcast.js";
import { computed, scalarsOf } from "../operations/known.js";
import { matrixProduct } from "../operations/matrix.js";
import { ACTIVATION_RULES, same } from "../operations/pointwise.js";
import { entriesOf, indexed } from "../operations/select.js";
import { tensorAttribute } from "./tensorMethods.js";

const plain = elementwise();
const comparison = elementwise(undefined, "bool");

const RULES: Partial<Record<BinaryOperator, Rule>> = {
  "+": arithmetic("add"),
  "-": arithmetic("subtract"),
  "*": arithmetic("multiply"),
  "/": arithmetic("divide"),
  "**": arithmetic("power"),
  "@": matrixProduct(),
};

const bound = (self: Value, other?: Value) => new Map([["self", self], ...(other ? [["other", other] as const] : [])]);

/** What Python's operators do to tensors. */
export const TENSOR_OPERATORS: TensorOperations = {
  attribute: tensorAttribute,
  setAttribute: ({ tensor }, name, value, call) => {
    if (!(tensor instanceof TorchTensor)) return;
    call.interpreter.willChange(tensor.attributes);
    tensor.attributes.set(name, value);
  },
  unary: (operator, tensor, call) => {
    if (operator === "not") return unknown("whether a tensor is true");
    const known = operator === "-" ? computed("neg", [tensor]) : undefined;
    return (
      known ?? applyRule(operator === "-" ? ACTIVATION_RULES.negative : same, bound(tensor), functionActor(operator, call.place), call)
    );
  },
  binary: (operator, left, right, call) =>
    (operator === "*" ? scaledStart(left, right) : undefined) ??
    computed(operator, [left, right]) ??
    applyRule(RULES[operator] ?? plain, bound(left, right), functionActor(operator, call.place), call),
  compare: (operator, left, right, call) => applyRule(comparison, bound(left, right), functionActor(operator, call.place), call),
  index: (tensor, indices, call) => indexedNumbers(tensor, indices) ?? indexed(tensor, indices, call),
  items: (tensor) => scalarsOf(tensor) ?? entriesOf(tensor),
};

/** Ones times a number, as scales of layers start. */
function scaledStart(left: Value, right: Value): Value | undefined {
  const [tensor, factor] = left.kind === "tensor" ? [left.tensor, right] : right.kind === "tensor" ? [right.tensor, left] : [];
  if (!(tensor instanceof TorchTensor) || tensor.role !== "data" || factor?.kind !== "number") return undefined;
  const value = tensor.start?.["type"] === "ones" ? 1 : tensor.start?.["value"];
  return typeof value === "number"
    ? startingTensor(tensor.shape, tensor.dtype, { type: "constant", value: value * factor.value })
    : undefined;
}

/** One of the numbers of a vector that is known. */
function indexedNumbers(tensor: Value & { kind: "tensor" }, indices: readonly Value[]): Value | undefined {
  const [index] = indices;
  return indices.length === 1 && index?.kind === "number" ? scalarsOf(tensor)?.at(index.value) : undefined;
}
