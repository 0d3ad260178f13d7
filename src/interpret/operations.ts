import type { BinaryOperator, ComparisonOperator, Expression } from "../syntax/tree.js";
import type { Frame } from "./frame.js";
import type { Interpreter } from "./interpreter.js";
import { Site } from "./site.js";
import { type Call, FALSE, TRUE, unknown, type Value } from "./values.js";

/** Operators on tensors are the framework's, those on what is unknown give unknown, the rest is the language's. */
export function computed(
  operator: BinaryOperator,
  left: Value,
  right: Value,
  call: Call,
  interpreter: Interpreter,
  broadcast = false,
): Value {
  if (left.kind === "tensor" || right.kind === "tensor") {
    return interpreter.tensors?.binary(operator, left, right, call) ?? unknown("operators on this tensor are not known");
  }
  if (left.kind === "unknown") return left;
  if (right.kind === "unknown") return right;
  const result = interpreter.semantics.binary(operator, left, right, call, broadcast);
  interpreter.budget.make(sizeOf(result), call.place);
  return result;
}

/** What a value takes, in items of a list; texts are smaller. */
function sizeOf(value: Value): number {
  if (value.kind === "list" || value.kind === "tuple") return value.items.length;
  return value.kind === "string" ? value.value.length >> 3 : 0;
}

export function compared(operator: ComparisonOperator, left: Value, right: Value, call: Call, interpreter: Interpreter): Value {
  const byIdentity = operator === "is" || operator === "is not" || operator === "in" || operator === "not in";
  if (!byIdentity) {
    if (left.kind === "tensor" || right.kind === "tensor") {
      return interpreter.tensors?.compare(operator, left, right, call) ?? unknown("comparing this tensor is not known");
    }
    if (left.kind === "unknown") return left;
    if (right.kind === "unknown") return right;
  }
  return interpreter.semantics.compare(operator, left, right, call);
}

export function negated(tree: Extract<Expression, { kind: "unary" }>, operand: Value, frame: Frame, interpreter: Interpreter): Value {
  if (tree.operator === "not") {
    const truth = interpreter.truth(operand);
    if (truth !== "unknown") return truth ? FALSE : TRUE;
  }
  if (operand.kind === "unknown") return operand;
  const site = new Site(interpreter, frame.file, tree.range);
  if (operand.kind === "tensor") return interpreter.tensors?.unary(tree.operator, operand, site) ?? unknown("the operator is not known");
  if (tree.operator === "not") return unknown("it depends on what is not known");
  return interpreter.semantics.unary(tree.operator, operand, site);
}

export function indexed(object: Value, indices: readonly Value[], call: Call, interpreter: Interpreter): Value {
  if (object.kind === "unknown") return object;
  if (object.kind === "tensor") return interpreter.tensors?.index(object, indices, call) ?? unknown("indexing this tensor is not known");
  return interpreter.semantics.index(object, indices, call);
}
