import type { SyntaxNode } from "../node.js";
import type { Expression } from "../tree.js";
import { fieldOf, partsOf, rangeOf, type Translate, unreadable } from "./nodes.js";

type Part = string | Expression;

/** Literals side by side are one. */
export function concatenation(node: SyntaxNode, translate: Translate): Expression {
  return joined(
    node,
    partsOf(node).flatMap((child) => stringParts(child, translate)),
  );
}

/** A literal, f-strings included; bytes pass for text. */
export function string(node: SyntaxNode, translate: Translate): Expression {
  return joined(node, stringParts(node, translate));
}

function joined(node: SyntaxNode, parts: readonly Part[]): Expression {
  const range = rangeOf(node);
  if (parts.every((part) => typeof part === "string")) return { kind: "string", value: parts.join(""), range };
  return { kind: "template", parts, range };
}

function stringParts(node: SyntaxNode, translate: Translate): Part[] {
  const prefix = node.children[0]?.text.toLowerCase() ?? "";
  const decode = prefix.includes("r") ? (text: string) => text : unescaped;
  const braces = prefix.includes("f") ? (text: string) => text.replace(/\{\{|\}\}/g, (pair) => pair.charAt(0)) : (text: string) => text;
  return partsOf(node).flatMap((child): Part[] => {
    if (child.type === "string_content") return [decode(braces(child.text))];
    if (child.type === "interpolation") return interpolation(child, translate);
    return [];
  });
}

/** {value!r:>8} is format(repr(value), ">8"). */
function interpolation(node: SyntaxNode, translate: Translate): Part[] {
  const inner = fieldOf(node, "expression");
  if (!inner) return [unreadable(node)];
  const shown = node.children.find(({ type }) => type === "=");
  const conversion = fieldOf(node, "type_conversion")?.text ?? (shown ? "!r" : "");
  const specifier = fieldOf(node, "format_specifier");
  let value = translate.expression(inner);
  if (conversion === "!r" || conversion === "!a") value = called("repr", [value], node);
  if (specifier) value = called("format", [value, joined(specifier, specifierParts(specifier, translate))], node);
  return shown ? [node.between(inner.startIndex, shown.endIndex), value] : [value];
}

function specifierParts(node: SyntaxNode, translate: Translate): Part[] {
  const parts: Part[] = [];
  // Behind the colon.
  let at = node.startIndex + 1;
  for (const child of node.children) {
    if (child.type !== "format_expression" && child.type !== "interpolation") continue;
    const inner = fieldOf(child, "expression");
    parts.push(node.between(at, child.startIndex), inner ? translate.expression(inner) : unreadable(child));
    at = child.endIndex;
  }
  parts.push(node.between(at, node.endIndex));
  return parts;
}

function called(name: string, args: readonly Expression[], node: SyntaxNode): Expression {
  const range = rangeOf(node);
  return { kind: "call", callee: { kind: "name", name, range }, args: args.map((value) => ({ kind: "positional", value })), range };
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", a: "\x07", b: "\b", f: "\f", v: "\v", "\n": "" };

function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|([\s\S]))/g,
    (whole, x, u, long, octal, one) => {
      const hexadecimal: string | undefined = x ?? u ?? long;
      if (hexadecimal !== undefined) {
        const code = Number.parseInt(hexadecimal, 16);
        return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      }
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      return ESCAPES[one] ?? (/["'\\]/.test(one) ? one : whole);
    },
  );
}
