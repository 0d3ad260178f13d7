import type { BinaryOperator, ComparisonOperator } from "../tree.js";

/** JavaScript's signs as the tree has them. `==` compares loosely ("=="), `===` strictly ("is"). */
export const BINARY: ReadonlyMap<string, BinaryOperator> = new Map<string, BinaryOperator>([
  ["+", "+"],
  ["-", "-"],
  ["*", "*"],
  ["/", "/"],
  ["%", "%"],
  ["**", "**"],
  ["&", "&"],
  ["|", "|"],
  ["^", "^"],
  ["<<", "<<"],
  [">>", ">>"],
  [">>>", ">>"],
]);

export const COMPARISON: ReadonlyMap<string, ComparisonOperator> = new Map<string, ComparisonOperator>([
  ["==", "=="],
  ["!=", "!="],
  ["===", "is"],
  ["!==", "is not"],
  ["<", "<"],
  ["<=", "<="],
  [">", ">"],
  [">=", ">="],
  ["in", "in"],
]);

export const LOGICAL: ReadonlyMap<string, "and" | "or" | "coalesce"> = new Map([
  ["&&", "and"],
  ["||", "or"],
  ["??", "coalesce"],
]);
