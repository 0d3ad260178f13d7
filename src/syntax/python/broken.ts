import type { TextRange } from "../../base/text.js";

/** A statement that is being written. */
export interface BrokenStatement extends TextRange {
  /** It ends with "=", "." or an operator: no statement does. Else a bracket or quote is open, which others may look like. */
  readonly dangles: boolean;
}

/** "..." and "1." are whole, and so is `import *`. */
const DANGLING = /(?:[=+\-/%@&|^<>~]|(?<!import\s*)\*|[A-Za-z_)\]]\w*\.|\b(?:and|or|not|in|is))\s*$/;

const LAST_SIGNS: ReadonlySet<string> = new Set("=+-/%@&|^<>~*.drtns");

/**
 * The statements that are not done yet. An open bracket ends where a line starts no further right than the statement itself, as a new
 * one must have begun there.
 */
export function brokenStatements(text: string): readonly BrokenStatement[] {
  const broken: BrokenStatement[] = [];
  let start = 0;
  let depth = 0;
  let quote = false;
  let codeEnd: number | undefined;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === "(" || sign === "[" || sign === "{") depth++;
    else if (sign === ")" || sign === "]" || sign === "}") depth = Math.max(0, depth - 1);
    else if (sign === '"' || sign === "'") {
      const end = stringEnd(text, at, sign);
      if (end === undefined) quote = true;
      else at = end - 1;
    } else if (sign === "#") {
      codeEnd = at;
      at = lineEnd(text, at) - 1;
    } else if (sign === "\\" && text[at + 1] === "\n") at++;
    if (sign !== "\n") continue;
    const isOpen = quote || (depth > 0 && startsStatement(lineAt(text, at + 1), lineAt(text, start)));
    const end = codeEnd ?? at;
    const dangles = depth === 0 && mayDangle(text, end) && DANGLING.test(text.slice(start, end));
    if (isOpen || dangles) broken.push({ start, end: at, dangles });
    codeEnd = undefined;
    if (!isOpen && depth > 0) continue;
    start = at + 1;
    depth = 0;
    quote = false;
  }
  if (depth > 0 || quote) broken.push({ start, end: text.length, dangles: false });
  return broken;
}

/** Behind the string that starts with a quote; undefined where nothing closes it. */
function stringEnd(text: string, start: number, quote: string): number | undefined {
  const triple = quote.repeat(3);
  const last = text.startsWith(triple, start) ? text.indexOf(triple, start + 3) : -1;
  if (last >= 0) return last + 3;
  for (let at = start + 1; at < text.length && text[at] !== "\n"; at++) {
    if (text[at] === quote) return at + 1;
    if (text[at] === "\\") at++;
  }
  return undefined;
}

/** The text with these statements gone, all others where they were. */
export function without(text: string, statements: readonly TextRange[]): string {
  let result = "";
  let at = 0;
  for (const { start, end } of statements) {
    result += text.slice(at, start) + blank(text.slice(start, end));
    at = end;
  }
  return result + text.slice(at);
}

/** Whether what ends there ends with a sign or letter that `DANGLING` may end with; most lines do not. */
function mayDangle(text: string, end: number): boolean {
  let last = end - 1;
  while (/\s/.test(text[last] ?? "")) last--;
  return LAST_SIGNS.has(text[last] ?? "");
}

function lineAt(text: string, start: number): string {
  return text.slice(start, lineEnd(text, start));
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end;
}

function startsStatement(line: string, first: string): boolean {
  const indent = line.search(/\S/);
  return indent >= 0 && indent <= Math.max(0, first.search(/\S/)) && !/^\s*([)\]}#]|["'])/.test(line);
}

/** A `pass` in its place, if there is room: a block needs a statement. */
function blank(statement: string): string {
  const spaces = statement.replace(/[^\n]/g, " ");
  const first = lineAt(statement, 0);
  const indent = Math.max(0, first.search(/\S/));
  return first.length >= indent + 4 ? `${spaces.slice(0, indent)}pass${spaces.slice(indent + 4)}` : spaces;
}
