import type { SyntaxNode } from "../node.js";
import { partsOf } from "./nodes.js";

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v", "0": "\0" };

/** What an escape sequence stands for: \n, \x41, \u0041, \u{41}; a broken line stands for nothing. */
export function unescaped(sequence: string): string {
  const body = sequence.slice(1);
  const code = /^(?:x|u\{?)([0-9a-fA-F]+)\}?$/.exec(body)?.[1];
  if (code !== undefined) {
    const point = Number.parseInt(code, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : "";
  }
  return /^[\r\n]/.test(body) ? "" : (ESCAPES[body] ?? body);
}

/** The text between the quotes of a string. */
export function stringOf(node: SyntaxNode): string {
  return partsOf(node)
    .map(({ type, text }) => (type === "escape_sequence" ? unescaped(text) : text))
    .join("");
}

/** 1_000, 0x1F, 10n. */
export function numberOf(text: string): number {
  return Number(text.replaceAll("_", "").replace(/n$/, ""));
}
