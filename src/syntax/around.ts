import type { TextRange } from "../base/text.js";
import type { Expression, Statement } from "./tree.js";

export type TreeNode = Expression | Statement;
export type CallNode = Extract<Expression, { kind: "call" }>;

/** Parts of expressions and statements that have a range too. */
const PARTS: ReadonlySet<string> = new Set(["named", "spread", "rest", "fields", "fallback"]);

/** The expressions and statements of a text that a range lies in, from the outermost to the innermost. */
function nodesAround(body: readonly Statement[], { start, end }: TextRange): TreeNode[] {
  const found: TreeNode[] = [];
  const visit = (value: unknown) => {
    if (typeof value !== "object" || value === null) return;
    if (isNode(value) && value.range.start <= start && value.range.end >= end) found.push(value);
    for (const part of Object.values(value)) visit(part);
  };
  visit(body);
  return found;
}

/** The call that takes up exactly this range, with what it lies in, outermost first; undefined where there is none. */
export function callAt(body: readonly Statement[], range: TextRange): { call: CallNode; around: readonly TreeNode[] } | undefined {
  const around = nodesAround(body, range);
  for (let node = around.pop(); node; node = around.pop()) {
    if (node.kind === "call" && node.range.start === range.start && node.range.end === range.end) return { call: node, around };
  }
  return undefined;
}

function isNode(value: object): value is TreeNode {
  return "range" in value && "kind" in value && typeof value.kind === "string" && !PARTS.has(value.kind);
}
