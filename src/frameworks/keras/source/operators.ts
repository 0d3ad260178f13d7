import type { TensorOperations } from "../../../interpret/tensorOperations.js";
import { type Call, integer, NONE, type TensorValue, text, unknown, type Value } from "../../../interpret/values.js";
import { applyFunction, type FunctionRule } from "./applyFunction.js";
import { shapeValue, sizesOf } from "./datum.js";
import { indexing } from "./indexing.js";
import { elementwise, multiplied, OPERATIONS, same } from "./operations.js";
import { tensorValue } from "./tensors.js";

const args = (...positional: Value[]) => ({ positional, named: new Map<string, Value>(), incomplete: false });

/** What Python's operators do to tensors of Keras and TensorFlow, and to the arrays of data sets. */
export const TENSOR_OPERATORS: TensorOperations = {
  attribute,
  unary: (operator, tensor, call) =>
    operator === "not" ? unknown("whether a tensor is true") : applyFunction(operator, same, args(tensor), call),
  binary: (operator, left, right, call) => applyFunction(operator, operator === "@" ? multiplied : elementwise, args(left, right), call),
  compare: (operator, left, right, call) => applyFunction(operator, elementwise, args(left, right), call),
  index: (tensor, indices, call) => {
    const { rule, steps } = indexing(indices);
    return applyFunction("[]", rule, args(tensor), call, steps);
  },
  items: ({ tensor: { shape } }) => {
    const [count, ...rest] = shape ?? [];
    return count === undefined || count > 10_000 ? undefined : Array.from({ length: count }, () => tensorValue(rest));
  },
};

/** Methods that tensors and arrays have of their own, by the function that does the same. */
const METHODS = new Set("reshape transpose sum mean max min std squeeze astype argmax copy flatten".split(" "));

function attribute(tensor: TensorValue, name: string): Value | undefined {
  const { shape, dtype } = tensor.tensor;
  if (name === "shape" || name === "_keras_shape") return shapeValue(shape);
  if (name === "get_shape") return { kind: "native", name, call: () => shapeValue(shape) };
  if (name === "as_list") return unknown("a shape as a list");
  if (name === "ndim") return shape ? integer(shape.length) : unknown("how many axes a tensor has");
  if (name === "dtype") return text(dtype ?? "float32");
  if (name === "T") return tensorValue(shape && [...shape].reverse(), dtype);
  if (!METHODS.has(name)) return unknown(`.${name} of a tensor is not known`);
  const rule: FunctionRule = OPERATIONS.get(name) ?? same;
  return {
    kind: "native",
    name,
    call: ({ positional, named, incomplete }, call: Call) => {
      // reshape(2, 3) is reshape((2, 3))
      const spread = name === "reshape" && positional.length > 1 && positional.every(({ kind }) => kind === "number" || kind === "unknown");
      const rest: readonly Value[] = spread ? [{ kind: "tuple", items: positional }] : positional;
      return applyFunction(name, rule, { positional: [tensor, ...(name === "astype" ? [] : rest)], named, incomplete }, call);
    },
  };
}

/** int_shape and its kin. */
export function shapeOf(value: Value): Value {
  return value.kind === "tensor" ? shapeValue(value.tensor.shape) : (sizesOf(value) && value) || NONE;
}
