import type { SyntaxNode } from "../node.js";
import type { Expression } from "../tree.js";
import { partsOf, rangeOf, type Translate } from "./nodes.js";

/** 1_000, 0x1f, 1e-3, 2.0f0. */
export function integerOf(node: SyntaxNode): Expression {
  return { kind: "number", value: Number(node.text.replaceAll("_", "")), float: false, range: rangeOf(node) };
}

export function floatOf(node: SyntaxNode): Expression {
  const value = Number(node.text.replaceAll("_", "").replace(/f(?=[+-]?\d)/, "e"));
  return { kind: "number", value, float: true, range: rangeOf(node) };
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "0": "\0" };

function unescaped(text: string): string {
  const letter = text.slice(1);
  return ESCAPES[letter] ?? letter;
}

export function characterOf(node: SyntaxNode): Expression {
  const text = node.text.slice(1, -1);
  return { kind: "string", value: text.startsWith("\\") ? unescaped(text) : text, range: rangeOf(node) };
}

/** "a $b": a string, or a template where something is put in between. */
export function stringOf(node: SyntaxNode, julia: Translate): Expression {
  const parts: (string | Expression)[] = [];
  const add = (text: string) => {
    const last = parts.at(-1);
    if (typeof last === "string") parts[parts.length - 1] = last + text;
    else parts.push(text);
  };
  for (const part of partsOf(node)) {
    const [inner] = partsOf(part);
    if (part.type === "escape_sequence") add(unescaped(part.text));
    else if (part.type !== "string_interpolation") add(part.text);
    else if (inner) parts.push(julia.expression(inner));
  }
  const [first = ""] = parts;
  const range = rangeOf(node);
  return parts.length <= 1 && typeof first === "string" ? { kind: "string", value: first, range } : { kind: "template", parts, range };
}
