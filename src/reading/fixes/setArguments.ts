import type { TextRange } from "../../base/text.js";
import type { KeywordFix } from "../../interpret/problem.js";
import { type CallNode, callAt } from "../../syntax/around.js";
import type { Expression } from "../../syntax/tree.js";
import { type Edit, insertion, type SourceText, textAt, written } from "./sourceText.js";

type Dictionary = Extract<Expression, { kind: "dictionary" }>;

/** The call whose arguments are set, and where the values of those it has stand. */
export interface ChangedCall {
  readonly call: TextRange;
  readonly arguments: ReadonlyMap<string, TextRange>;
}

/** The sides of the pair that Flux's layers are given: `in => out`. */
const PAIR = "in => out";
const SIDES: Readonly<Record<string, 0 | 1>> = { in: 0, out: 1 };

/** Sets arguments of a call: where they stand already, else behind the others. Undefined where the text has no place for them. */
export function setArguments(changed: ChangedCall, values: Readonly<Record<string, unknown>>, source: SourceText): Edit[] | undefined {
  const call = callAt(source.tree.body, changed.call)?.call;
  const edits: Edit[] = [];
  const added: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    const range = changed.arguments.get(name) ?? sideOf(changed.arguments.get(PAIR), name, source);
    if (range) edits.push({ range, text: written(value, source) });
    else if (name in SIDES) return undefined;
    else added.push(assigned(name, written(value, source), source));
  }
  if (added.length === 0) return edits;
  const more = call && (source.language === "javascript" ? propertyAdded(call, added, source) : argumentAdded(call, added, source));
  return more && [...edits, more];
}

/** Gives an argument of a call another keyword; undefined where the call doesn't write it. */
export function renameArgument({ call }: ChangedCall, { from, to }: KeywordFix["rename"], source: SourceText): Edit | undefined {
  const written = callAt(source.tree.body, call)?.call.args.find((argument) => argument.kind === "named" && argument.name === from);
  if (written?.kind !== "named") return undefined;
  const { start } = written.range;
  return { range: { start, end: start + from.length }, text: to };
}

function assigned(name: string, value: string, { language }: SourceText): string {
  return language === "javascript" ? `${name}: ${value}` : language === "julia" ? `${name} = ${value}` : `${name}=${value}`;
}

/** Of `400 => 10` one side; Flux also takes the two as arguments of their own, of which the place is the first. */
function sideOf(pair: TextRange | undefined, name: string, { tree }: SourceText): TextRange | undefined {
  const side = SIDES[name];
  if (!pair || side === undefined) return undefined;
  const call = callAt(tree.body, pair)?.call;
  if (call?.callee.kind !== "name" || call.callee.name !== "=>") return side === 0 ? pair : undefined;
  const value = call.args[side];
  return value?.kind === "positional" ? value.value.range : undefined;
}

function argumentAdded({ args, range }: CallNode, added: readonly string[], source: SourceText): Edit {
  const last = args.at(-1);
  const end = range.end - 1;
  if (!last) return insertion(end, added.join(", "));
  return behind(last.kind === "named" ? last.range.end : last.value.range.end, end, added, source);
}

/** In the object literal that a layer of TensorFlow.js is configured by. */
function propertyAdded({ args, range }: CallNode, added: readonly string[], source: SourceText): Edit | undefined {
  const [config] = args;
  if (!config) return insertion(range.end - 1, `{ ${added.join(", ")} }`);
  if (config.kind !== "positional" || config.value.kind !== "dictionary") return undefined;
  const { entries, range: literal }: Dictionary = config.value;
  const last = entries.at(-1);
  const end = literal.end - 1;
  return last ? behind(last.value.range.end, end, added, source) : insertion(end, ` ${added.join(", ")} `);
}

/** Behind the last of several, which ends at `last`, before the bracket at `end`; a comma that closes the list stays the last. */
function behind(last: number, end: number, added: readonly string[], source: SourceText): Edit {
  const rest = textAt(source, { start: last, end });
  const code = rest.replace(/#.*|\/\/.*/g, (comment) => " ".repeat(comment.length));
  const comma = code.indexOf(",");
  const text = added.join(", ");
  if (comma >= 0) return insertion(last + comma + 1, ` ${text},`);
  return insertion(last + code.trimEnd().length, `, ${text}`);
}
