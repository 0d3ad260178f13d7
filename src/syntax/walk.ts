import type { Expression, Statement } from "./tree.js";

type Call = Extract<Expression, { kind: "call" }>;

const callsOf = new WeakMap<readonly Statement[], readonly Call[]>();

/** All calls in some statements, wherever they are, in the order of the text. Kept, as trees do not change. */
export function callsIn(body: readonly Statement[]): readonly Call[] {
  const known = callsOf.get(body);
  if (known) return known;
  const calls: Call[] = [];
  visit(body, (node) => {
    if (isCall(node)) calls.push(node);
  });
  calls.sort((a, b) => a.range.start - b.range.start);
  callsOf.set(body, calls);
  return calls;
}

/** The names an expression uses, those it binds itself included. */
export function namesIn(expression: Expression): Set<string> {
  const names = new Set<string>();
  visit(expression, (node) => {
    if ("kind" in node && node.kind === "name" && "name" in node && typeof node.name === "string") names.add(node.name);
  });
  return names;
}

/** Shows a tree's objects, also those that are no nodes of their own, each before what it is made of. */
export function visit(node: unknown, see: (node: object) => void): void {
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
