import type { TextRange } from "../../base/text.js";
import type { SyntaxNode } from "../node.js";
import type { BinaryOperator, ComparisonOperator, Expression } from "../tree.js";
import { callOf, partsOf, rangeOf, type Translate, unreadable } from "./nodes.js";
import { BINARY, COMPARISONS } from "./signs.js";

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
  if (misread(node)) return regrouped(node, julia);
  return combined(sign.text, left, julia.expression(left), julia.expression(right), rangeOf(node), julia);
}

function combined(sign: string, leftNode: SyntaxNode, left: Expression, right: Expression, range: TextRange, julia: Translate): Expression {
  const dotted = sign.length > 1 && sign.startsWith(".");
  const operator = dotted ? sign.slice(1) : sign;
  const broadcast = dotted || julia.broadcasts;
  if (operator === "&&" || operator === "||") return { kind: "logical", operator: operator === "&&" ? "and" : "or", left, right, range };
  if (operator === "|>") {
    const args = [{ kind: "positional" as const, value: left }];
    return { kind: "call", callee: right, args, ...(broadcast && { broadcast: true }), range };
  }
  const known = BINARY.get(operator);
  if (known && !broadcast) return { kind: "binary", operator: known, left, right, range };
  const compares = COMPARISONS.get(operator);
  if (compares && !broadcast) return comparisonOf(leftNode, left, compares, right, range);
  return callOf(operator, [left, right], range, broadcast);
}

/** The grammar nests a < b < c to the left. */
function comparisonOf(node: SyntaxNode, left: Expression, operator: ComparisonOperator, right: Expression, range: TextRange): Expression {
  const chain = node.type === "binary_expression" && left.kind === "comparison" ? left : { operands: [left], operators: [] };
  return { kind: "comparison", operands: [...chain.operands, right], operators: [...chain.operators, operator], range };
}

/** The grammar takes 2^(n) for 2 times the call ^(n), and 2-(n) behind another operator. */
function misread({ type, children }: SyntaxNode): boolean {
  if (type === "juxtaposition_expression") return signAndOperand(children.at(-1)) !== undefined;
  return type === "binary_expression" && children.some(misread);
}

function signAndOperand(call: SyntaxNode | undefined): readonly [SyntaxNode, SyntaxNode] | undefined {
  const [sign, list] = call?.type === "call_expression" ? partsOf(call) : [];
  const [operand] = list ? partsOf(list) : [];
  return sign?.type === "operator" && operand ? [sign, operand] : undefined;
}

/** Operands and the signs between them, as they are written. */
function flat(node: SyntaxNode): SyntaxNode[] {
  if (node.type === "binary_expression") return partsOf(node).flatMap((part, at) => (at === 1 ? [part] : flat(part)));
  const [first, call] = node.type === "juxtaposition_expression" ? partsOf(node) : [];
  const rest = signAndOperand(call);
  return first && rest ? [...flat(first), ...rest] : [node];
}

const LOOSEST_FIRST = [
  "=>",
  "||",
  "&&",
  "== != ≠ === !== < <= ≤ > >= ≥ in ∈ ∉ isa <:",
  "|>",
  "+ - | ⊻",
  "* / ÷ % &",
  "//",
  "<< >>",
  "^",
].map((signs) => signs.split(" "));

function tightness(sign: SyntaxNode): number {
  return LOOSEST_FIRST.findIndex((signs) => signs.includes(sign.text.replace(/^\.(?=.)/, "")));
}

/** Groups a flat row of operands by how tight their operators are; all but ^ and => from the left. */
function regrouped(node: SyntaxNode, julia: Translate): Expression {
  const [first = node, ...rest] = flat(node);
  let at = 0;
  const from = (leftNode: SyntaxNode, left: Expression, least: number): Expression => {
    let result = left;
    for (let sign = rest[at]; sign && tightness(sign) >= least; sign = rest[at]) {
      const operand = rest[at + 1] ?? node;
      at += 2;
      const level = tightness(sign);
      const next = sign.text.endsWith("^") || sign.text === "=>" ? level : level + 1;
      const right = from(operand, julia.expression(operand), next);
      result = combined(sign.text, leftNode, result, right, { start: result.range.start, end: right.range.end }, julia);
    }
    return result;
  };
  return from(first, julia.expression(first), -1);
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
  if (misread(node)) return regrouped(node, julia);
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
