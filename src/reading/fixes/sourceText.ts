import type { TextRange } from "../../base/text.js";
import type { Language } from "../../syntax/parser.js";
import type { Module } from "../../syntax/tree.js";

/** The text that fixes change, and what was made of it. */
export interface SourceText {
  /** Its path in the workspace, as places name it. */
  readonly file: string;
  readonly text: string;
  readonly tree: Module;
  readonly language: Language;
}

/** One replacement in a text. */
export interface Edit {
  readonly range: TextRange;
  readonly text: string;
}

export function textAt({ text }: SourceText, { start, end }: TextRange): string {
  return text.slice(start, end);
}

export function insertion(at: number, text: string): Edit {
  return { range: { start: at, end: at }, text };
}

/** What stands before an offset on its line; undefined where that is more than blanks. */
export function indentAt({ text }: SourceText, offset: number): string | undefined {
  const before = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  return before.trim() === "" ? before : undefined;
}

/** A value as the file's language writes it, with the quotes that the file prefers. */
export function written(value: unknown, source: SourceText): string {
  const { language } = source;
  if (Array.isArray(value)) {
    const items = value.map((item) => written(item, source)).join(", ");
    if (language === "javascript") return `[${items}]`;
    return value.length === 1 ? `(${items},)` : `(${items})`;
  }
  if (typeof value === "boolean" && language === "python") return value ? "True" : "False";
  const json = JSON.stringify(value);
  return typeof value === "string" && prefersSingleQuotes(source) ? `'${json.slice(1, -1)}'` : json;
}

function prefersSingleQuotes({ language, text }: SourceText): boolean {
  const count = (quote: string) => text.split(quote).length;
  return language !== "julia" && count("'") > count('"');
}
