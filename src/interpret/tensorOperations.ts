import type { BinaryOperator, ComparisonOperator, UnaryOperator } from "../syntax/tree.js";
import type { Call, TensorValue, Value } from "./values.js";

/**
 * What a framework makes of its tensors where the program does not call a function: `x.shape`, `x + y`, `x[:, 0]`. Each records what it
 * applies in the interpreter's trace, may throw ProgramError, and answers with `unknown` what it does not understand.
 */
export interface TensorOperations {
  /** Attributes and methods (native functions). Undefined: there is none of that name as far as we know. */
  attribute(tensor: TensorValue, name: string, call: Call): Value | undefined;
  /** `w.requires_grad = False`; without this, nothing that is set is kept. */
  setAttribute?(tensor: TensorValue, name: string, value: Value, call: Call): void;
  unary(operator: UnaryOperator, tensor: TensorValue, call: Call): Value;
  /** At least one of both is a tensor. Not broadcast operators of Julia come here too. */
  binary(operator: BinaryOperator, left: Value, right: Value, call: Call): Value;
  /** `x > 0`; "is", "is not" and "in" never come here. */
  compare(operator: ComparisonOperator, left: Value, right: Value, call: Call): Value;
  /** Each index a number, a slice, the ellipsis (`ELLIPSIS`), none (a new axis), a tensor, a list ... */
  index(tensor: TensorValue, indices: readonly Value[], call: Call): Value;
  /** What iterating gives: one tensor for each entry of the first axis. Undefined where that is unknown. */
  items(tensor: TensorValue, call: Call): readonly Value[] | undefined;
}
