import type { SyntaxNode } from "../node.js";
import type { BinaryOperator, Expression, Statement, Target } from "../tree.js";
import { fieldOf, rangeOf, type Translate } from "./nodes.js";
import { BINARY, LOGICAL } from "./operators.js";

/** a = b, used as an expression. */
export function assignmentOf(node: SyntaxNode, js: Translate): Expression {
  const { target, value } = sidesOf(node, js);
  return { kind: "assignment", target, value, range: rangeOf(node) };
}

/** a = b = c as a statement: several targets of one value. */
export function assignStatement(node: SyntaxNode, js: Translate): Statement {
  const targets: Target[] = [];
  let right = node;
  while (right.type === "assignment_expression") {
    const left = fieldOf(right, "left");
    const next = fieldOf(right, "right");
    if (!left || !next) break;
    targets.push(js.target(left));
    right = next;
  }
  return { kind: "assign", targets, value: js.expression(right), range: rangeOf(node) };
}

/** a += b and a ??= b, used as expressions. */
export function augmentedOf(node: SyntaxNode, js: Translate): Expression {
  const { target, value } = sidesOf(node, js);
  const left = fieldOf(node, "left");
  const range = rangeOf(node);
  const operator = operatorOf(node);
  if (!left || !operator) return { kind: "unknown", text: node.text.slice(0, 80), range };
  const old = js.expression(left);
  const logical = LOGICAL.get(operator);
  if (logical) return { kind: "assignment", target, value: { kind: "logical", operator: logical, left: old, right: value, range }, range };
  const arithmetic = BINARY.get(operator) ?? "+";
  return { kind: "assignment", target, value: { kind: "binary", operator: arithmetic, left: old, right: value, range }, range };
}

/** a += b as a statement; undefined for a ??= b, which is an expression with an effect. */
export function augmentedStatement(node: SyntaxNode, js: Translate): Statement | undefined {
  const operator = BINARY.get(operatorOf(node) ?? "");
  return operator && { kind: "augmented", ...sidesOf(node, js), operator, range: rangeOf(node) };
}

/** i++ as a statement. */
export function updateStatement(node: SyntaxNode, js: Translate): Statement {
  const operand = fieldOf(node, "argument") ?? node;
  const range = rangeOf(node);
  return { kind: "augmented", target: js.target(operand), operator: signOf(node), value: one(node), range };
}

/** ++i is the new number; i++ the old one, which is the new one less what was added. */
export function updateOf(node: SyntaxNode, js: Translate): Expression {
  const operand = fieldOf(node, "argument") ?? node;
  const range = rangeOf(node);
  const sign = signOf(node);
  const value: Expression = { kind: "binary", operator: sign, left: js.expression(operand), right: one(node), range };
  const updated: Expression = { kind: "assignment", target: js.target(operand), value, range };
  const prefix = operand.startIndex > node.startIndex;
  return prefix ? updated : { kind: "binary", operator: sign === "+" ? "-" : "+", left: updated, right: one(node), range };
}

const one = (node: SyntaxNode): Expression => ({ kind: "number", value: 1, float: false, range: rangeOf(node) });

const signOf = (node: SyntaxNode): BinaryOperator => (fieldOf(node, "operator")?.type === "--" ? "-" : "+");

const operatorOf = (node: SyntaxNode): string | undefined => fieldOf(node, "operator")?.type.slice(0, -1);

function sidesOf(node: SyntaxNode, js: Translate): { readonly target: Target; readonly value: Expression } {
  return { target: js.target(fieldOf(node, "left") ?? node), value: js.expression(fieldOf(node, "right") ?? node) };
}
