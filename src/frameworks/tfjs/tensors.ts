import { product } from "../../interpret/sizes.js";
import type { TensorOperations } from "../../interpret/tensorOperations.js";
import { type Call, FALSE, NONE, type TensorValue, TRUE, unknown, type Value } from "../../interpret/values.js";
import { shapeValue } from "./data.js";
import { tensorMethod } from "./operations/table.js";

/** Methods of a tensor that give its numbers. */
const NUMBERS = new Set(["data", "dataSync", "array", "arraySync", "bytes", "buffer", "bufferSync", "print", "toString"]);

/** Tensors are objects to JavaScript: no operators, only members. */
export const tensorOperations: TensorOperations = {
  attribute: (tensor, name) => member(tensor, name),
  unary: (operator) => (operator === "not" ? FALSE : unknown("JavaScript has no operators on tensors")),
  binary: () => unknown("JavaScript has no operators on tensors"),
  compare: (operator, left, right) => {
    if (left.kind === "unknown" || right.kind === "unknown") return unknown("this cannot be told");
    const same = left.kind === "tensor" && right.kind === "tensor" && left.tensor === right.tensor;
    if (operator === "==") return same ? TRUE : FALSE;
    return operator === "!=" ? (same ? FALSE : TRUE) : FALSE;
  },
  // `call(inputs)` gets one tensor or a list of one: both `inputs` and `inputs[0]` are it.
  index: (tensor, [at]) => (at?.kind === "number" && at.value === 0 ? tensor : NONE),
  items: (_tensor: TensorValue, _call: Call) => undefined,
};

function member(value: TensorValue, name: string): Value | undefined {
  const { shape, dtype } = value.tensor;
  switch (name) {
    case "shape":
      return shapeValue(shape);
    case "rank":
      return shape ? { kind: "number", value: shape.length, float: false } : unknown("the shape is not known");
    case "size": {
      const size = shape && product(shape);
      return size === undefined ? unknown("the size is not known") : { kind: "number", value: size, float: false };
    }
    case "dtype":
      return dtype === undefined ? unknown("the type is not known") : { kind: "string", value: dtype };
    case "dispose":
      return { kind: "native", name, call: () => NONE };
    default:
      if (NUMBERS.has(name)) return { kind: "native", name, call: () => unknown("numbers are not computed") };
      return tensorMethod(value, name);
  }
}
