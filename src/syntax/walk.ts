import type { Expression, Statement } from "./tree.js";

type Call = Extract<Expression, { kind: "call" }>;

/** All calls in some statements, wherever they are, in the order of the text. */
export function callsIn(body: readonly Statement[]): Call[] {
  const calls: Call[] = [];
  visit(body, (node) => {
    if (isCall(node)) calls.push(node);
  });
  return calls.sort((a, b) => a.range.start - b.range.start);
}

/** The names an expression uses, those it binds itself included. */
export function namesIn(expression: Expression): Set<string> {
  const names = new Set<string>();
  visit(expression, (node) => {
    if ("kind" in node && node.kind === "name" && "name" in node && typeof node.name === "string") names.add(node.name);
  });
  return names;
}

function visit(node: unknown, see: (node: object) => void): void {
  if (typeof node !== "object" || node === null) return;
  see(node);
  for (const part of Object.values(node)) visit(part, see);
}

function isCall(node: object): node is Call {
  return "kind" in node && node.kind === "call";
}

/** "torch.randn" of torch.randn(...); undefined for callees that are no plain names. */
export function dottedName(expression: Expression): string | undefined {
  if (expression.kind === "name") return expression.name;
  if (expression.kind !== "attribute") return undefined;
  const object = dottedName(expression.object);
  return object === undefined ? undefined : `${object}.${expression.name}`;
}
