import type { SyntaxNode } from "../node.js";
import type { Expression } from "../tree.js";
import { rangeOf, unreadable } from "./nodes.js";

/** 1_000, 0x1F, 1e-3; complex numbers are unknown. */
export function number(node: SyntaxNode): Expression {
  const text = node.text.replaceAll("_", "").toLowerCase();
  const value = Number(text.replace(/l$/, ""));
  if (Number.isNaN(value)) return unreadable(node);
  return { kind: "number", value, float: !text.startsWith("0x") && /[.e]/.test(text), range: rangeOf(node) };
}
