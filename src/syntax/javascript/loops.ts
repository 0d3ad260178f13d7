import type { SyntaxNode } from "../node.js";
import type { Expression, Statement } from "../tree.js";
import { fieldOf, hasToken, partsOf, rangeOf, type Translate } from "./nodes.js";

/** The statements of a loop's or a branch's body, with or without braces. */
export function branchOf(node: SyntaxNode | undefined, js: Translate): Statement[] {
  if (!node) return [];
  if (node.type === "else_clause") return partsOf(node).flatMap((part) => branchOf(part, js));
  return js.statements(node.type === "statement_block" ? partsOf(node) : [node]);
}

export function whileOf(node: SyntaxNode, js: Translate): Statement[] {
  const test = fieldOf(node, "condition");
  if (!test) return [];
  return [{ kind: "while", test: js.expression(test), body: branchOf(fieldOf(node, "body"), js), otherwise: [], range: rangeOf(node) }];
}

/** do { ... } while (test): a name that no program can have tells the first turn. */
export function doOf(node: SyntaxNode, js: Translate): Statement[] {
  const test = fieldOf(node, "condition");
  if (!test) return [];
  const range = rangeOf(node);
  const name = `do ${node.startIndex}`;
  const first: Expression = { kind: "name", name, range };
  const target = { kind: "name" as const, name, range };
  return [
    { kind: "assign", targets: [target], value: { kind: "boolean", value: true, range }, declares: true, range },
    {
      kind: "while",
      test: { kind: "logical", operator: "or", left: first, right: js.expression(test), range },
      update: { kind: "assignment", target, value: { kind: "boolean", value: false, range }, range },
      body: branchOf(fieldOf(node, "body"), js),
      otherwise: [],
      range,
    },
  ];
}

/** for (let i = 0; i < n; i++) */
export function forOf(node: SyntaxNode, js: Translate): Statement[] {
  const range = rangeOf(node);
  const initializer = fieldOf(node, "initializer");
  const condition = fieldOf(node, "condition");
  const increment = fieldOf(node, "increment");
  const before = initializer && initializer.type !== "empty_statement" ? js.statements([initializer]) : [];
  const loop: Statement = {
    kind: "while",
    test: expressionIn(condition, js) ?? { kind: "boolean", value: true, range },
    ...(increment && { update: js.expression(increment) }),
    ...(initializer?.type === "lexical_declaration" && { perPass: namesSet(before) }),
    body: branchOf(fieldOf(node, "body"), js),
    otherwise: [],
    range,
  };
  return before.length > 0 ? [{ kind: "block", body: [...before, loop], range }] : [loop];
}

function namesSet(statements: readonly Statement[]): string[] {
  return statements.flatMap((statement) =>
    statement.kind === "assign" ? statement.targets.flatMap((target) => (target.kind === "name" ? target.name : [])) : [],
  );
}

/** Between its semicolons JavaScript's grammar has a statement, TypeScript's an expression. */
function expressionIn(node: SyntaxNode | undefined, js: Translate): Expression | undefined {
  if (!node || node.type === "empty_statement") return undefined;
  const inner = node.type === "expression_statement" ? partsOf(node)[0] : node;
  return inner && js.expression(inner);
}

/** for (const x of xs), for (const key in object). */
export function forEachOf(node: SyntaxNode, js: Translate): Statement[] {
  const left = fieldOf(node, "left");
  const right = fieldOf(node, "right");
  if (!left || !right) return [];
  const range = rangeOf(node);
  const kind = fieldOf(node, "kind")?.type;
  const values = js.expression(right);
  const body = branchOf(fieldOf(node, "body"), js);
  if (kind === "var") js.hoist(left.text, rangeOf(left));
  return [{ kind: "for", target: js.target(left), iterable: hasToken(node, "of") ? values : keysOf(values), body, otherwise: [], range }];
}

/** Object.keys(object). */
function keysOf(object: Expression): Expression {
  const { range } = object;
  const callee: Expression = { kind: "attribute", object: { kind: "name", name: "Object", range }, name: "keys", range };
  return { kind: "call", callee, args: [{ kind: "positional", value: object }], range };
}
