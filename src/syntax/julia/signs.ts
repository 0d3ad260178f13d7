import type { BinaryOperator, ComparisonOperator } from "../tree.js";

/** Julia's signs, which are names of functions too, and what they mean in the common tree. */
export const BINARY: ReadonlyMap<string, BinaryOperator> = new Map<string, BinaryOperator>([
  ["+", "+"],
  ["-", "-"],
  ["*", "*"],
  ["/", "/"],
  ["÷", "//"],
  ["%", "%"],
  ["^", "**"],
  ["&", "&"],
  ["|", "|"],
  ["⊻", "^"],
  ["<<", "<<"],
  [">>", ">>"],
]);

export const COMPARISONS: ReadonlyMap<string, ComparisonOperator> = new Map<string, ComparisonOperator>([
  ["==", "=="],
  ["!=", "!="],
  ["≠", "!="],
  ["<", "<"],
  ["<=", "<="],
  ["≤", "<="],
  [">", ">"],
  [">=", ">="],
  ["≥", ">="],
  ["===", "is"],
  ["!==", "is not"],
  ["∈", "in"],
  ["in", "in"],
  ["∉", "not in"],
]);
