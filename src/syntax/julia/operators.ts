import type { SyntaxNode } from "../node.js";
import type { BinaryOperator, ComparisonOperator, Expression } from "../tree.js";
import { callOf, partsOf, rangeOf, type Translate, unreadable } from "./nodes.js";

const BINARY: ReadonlyMap<string, BinaryOperator> = new Map<string, BinaryOperator>([
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

const COMPARISONS: ReadonlyMap<string, ComparisonOperator> = new Map<string, ComparisonOperator>([
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

/** The operator of `a += b`. */
export function augmentedOperator(text: string): BinaryOperator | undefined {
  return text.endsWith("=") ? BINARY.get(text.slice(0, -1)) : undefined;
}

/**
 * a + b, a => b, a |> f, a && b, a < b < c. What the common tree has no operator for, and every dotted operator, is the call of a function
 * of that name, as it is in Julia.
 */
export function binaryOf(node: SyntaxNode, julia: Translate): Expression {
  const [left, sign, right] = partsOf(node);
  if (!left || !sign || !right) return unreadable(node);
  const range = rangeOf(node);
  const dotted = sign.text.length > 1 && sign.text.startsWith(".");
  const operator = dotted ? sign.text.slice(1) : sign.text;
  const broadcast = dotted || julia.broadcasts;
  if (operator === "&&" || operator === "||") {
    const kind = operator === "&&" ? "and" : "or";
    return { kind: "logical", operator: kind, left: julia.expression(left), right: julia.expression(right), range };
  }
  if (operator === "|>") {
    const args = [{ kind: "positional" as const, value: julia.expression(left) }];
    return { kind: "call", callee: julia.expression(right), args, ...(broadcast && { broadcast: true }), range };
  }
  const known = BINARY.get(operator);
  if (known && !broadcast) {
    return { kind: "binary", operator: known, left: julia.expression(left), right: julia.expression(right), range };
  }
  const compares = COMPARISONS.get(operator);
  if (compares && !broadcast) return comparisonOf(left, compares, right, node, julia);
  return callOf(operator, [julia.expression(left), julia.expression(right)], range, broadcast);
}

/** The grammar nests a < b < c to the left. */
function comparisonOf(left: SyntaxNode, operator: ComparisonOperator, right: SyntaxNode, node: SyntaxNode, julia: Translate): Expression {
  const first = julia.expression(left);
  const chain = left.type === "binary_expression" && first.kind === "comparison" ? first : { operands: [first], operators: [] };
  const operands = [...chain.operands, julia.expression(right)];
  return { kind: "comparison", operands, operators: [...chain.operators, operator], range: rangeOf(node) };
}

export function unaryOf(node: SyntaxNode, julia: Translate): Expression {
  const [sign, operand] = partsOf(node);
  if (!sign || !operand) return unreadable(node);
  const value = julia.expression(operand);
  const range = rangeOf(node);
  const operator = sign.text.replace(/^\./, "");
  if (operator === "!") return { kind: "unary", operator: "not", operand: value, range };
  if (operator === "-" || operator === "+" || operator === "~") return { kind: "unary", operator, operand: value, range };
  return callOf(operator, [value], range, sign.text !== operator || julia.broadcasts);
}

/** 2x, 2(x + 1) */
export function juxtapositionOf(node: SyntaxNode, julia: Translate): Expression {
  const [left, right] = partsOf(node);
  if (!left || !right) return unreadable(node);
  const operands = [julia.expression(left), julia.expression(right)] as const;
  if (julia.broadcasts) return callOf("*", operands, rangeOf(node), true);
  return { kind: "binary", operator: "*", left: operands[0], right: operands[1], range: rangeOf(node) };
}

/** start:stop and start:step:stop, which the grammar nests to the left. */
export function rangeExpressionOf(node: SyntaxNode, julia: Translate): Expression {
  const [first, last] = partsOf(node);
  if (!first || !last) return unreadable(node);
  const range = rangeOf(node);
  const stop = julia.expression(last);
  const [start, step] = first.type === "range_expression" ? partsOf(first) : [first];
  if (!start) return unreadable(node);
  return { kind: "range", start: julia.expression(start), stop, ...(step && { step: julia.expression(step) }), range };
}
