import type { Expression, Module } from "./tree.js";

type Call = Extract<Expression, { kind: "call" }>;

/** All calls in a file, wherever they are, in the order of the text. */
export function callsIn(module: Module): Call[] {
  const calls: Call[] = [];
  visit(module.body, calls);
  return calls.sort((a, b) => a.range.start - b.range.start);
}

function visit(node: unknown, calls: Call[]): void {
  if (typeof node !== "object" || node === null) return;
  if (isCall(node)) calls.push(node);
  for (const part of Object.values(node)) visit(part, calls);
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
