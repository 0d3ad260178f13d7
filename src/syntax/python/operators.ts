import type { SyntaxNode } from "../node.js";
import type { BinaryOperator, ComparisonOperator, Expression, UnaryOperator } from "../tree.js";
import { fieldOf, part, partsOf, rangeOf, type Translate, unreadable } from "./nodes.js";

const BINARY: ReadonlySet<string> = new Set<BinaryOperator>(["+", "-", "*", "/", "//", "%", "**", "@", "&", "|", "^", "<<", ">>"]);
const UNARY: ReadonlySet<string> = new Set<UnaryOperator>(["-", "+", "~"]);
const COMPARISON: ReadonlySet<string> = new Set<ComparisonOperator>(["==", "!=", "<", "<=", ">", ">=", "in", "not in", "is", "is not"]);

export const isBinary = (text: string): text is BinaryOperator => BINARY.has(text);
const isUnary = (text: string): text is UnaryOperator => UNARY.has(text);
const isComparison = (text: string): text is ComparisonOperator => COMPARISON.has(text);

export function binary(node: SyntaxNode, translate: Translate): Expression {
  const operator = fieldOf(node, "operator")?.text ?? "";
  if (!isBinary(operator)) return unreadable(node);
  return { kind: "binary", operator, left: part(node, "left", translate), right: part(node, "right", translate), range: rangeOf(node) };
}

export function unary(node: SyntaxNode, translate: Translate): Expression {
  const operator = fieldOf(node, "operator")?.text ?? "";
  if (!isUnary(operator)) return unreadable(node);
  return { kind: "unary", operator, operand: part(node, "argument", translate), range: rangeOf(node) };
}

export function negation(node: SyntaxNode, translate: Translate): Expression {
  return { kind: "unary", operator: "not", operand: part(node, "argument", translate), range: rangeOf(node) };
}

export function logical(node: SyntaxNode, translate: Translate): Expression {
  const operator = fieldOf(node, "operator")?.text === "and" ? "and" : "or";
  return { kind: "logical", operator, left: part(node, "left", translate), right: part(node, "right", translate), range: rangeOf(node) };
}

/** a < b <= c. Some grammars say "is not" as two tokens. */
export function comparison(node: SyntaxNode, translate: Translate): Expression {
  const operators = node
    .childrenForFieldName("operators")
    .map(({ text }) => text.replace(/\s+/g, " "))
    .map((text) => (text === "<>" ? "!=" : text));
  const operands = partsOf(node)
    .filter(({ field }) => field !== "operators")
    .map((child) => translate.expression(child));
  if (!operators.every(isComparison) || operands.length !== operators.length + 1) return unreadable(node);
  return { kind: "comparison", operands, operators, range: rangeOf(node) };
}

/** value if test else otherwise */
export function conditional(node: SyntaxNode, translate: Translate): Expression {
  const [then, test, otherwise] = partsOf(node).map((child) => translate.expression(child));
  if (!then || !test || !otherwise) return unreadable(node);
  return { kind: "conditional", test, then, otherwise, range: rangeOf(node) };
}
