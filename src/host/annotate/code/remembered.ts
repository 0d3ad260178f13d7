import { changedStretch, LineIndex, type TextRange } from "../../../base/text.js";
import { TextChanges } from "../../../base/textChanges.js";
import type { LineNote } from "../../../reading/notes.js";
import type { CodeAnalysis } from "./codeAnalysis.js";

/** An analysis, and how the text has changed since. */
export interface Remembered {
  readonly analysis: CodeAnalysis;
  readonly changes: TextChanges;
}

/** What is known of a text while it is written. */
export interface Known {
  readonly text: string;
  /** The newest analysis of a text without places that the grammar does not understand. */
  readonly newest: Remembered;
  /** Of earlier ones what the newest has lost: notes and models that code half written keeps from being known. */
  readonly lost: readonly Remembered[];
}

/** What is known after an edit, from what was known before; `analysis` is undefined where the text makes no networks any more. */
export function withNext(before: Known | undefined, text: string, analysis: CodeAnalysis | undefined): Known | undefined {
  const next = analysis && { analysis, changes: TextChanges.none };
  if (!before) return next && { text, newest: next, lost: [] };
  const edit = changedStretch(before.text, text);
  const aged = ({ analysis: old, changes }: Remembered) => ({ analysis: old, changes: changes.then(edit) });
  const newest = aged(before.newest);
  const lost = before.lost.map(aged);
  const said: Said = { lines: new Set(), models: new Set() };
  // What was broken before as well is broken for good, as pseudo code in a notebook; else someone is typing.
  if (!next || (next.analysis.source.broken && !newest.analysis.source.broken)) {
    return { text, newest: standing(newest, text, said), lost: lost.map((known) => standing(known, text, said)) };
  }
  for (const note of next.analysis.notes) if (saysSomething(note)) said.lines.add(note.line);
  next.analysis.targets.forEach(({ expression }, i) => {
    if (next.analysis.readings[i]?.layers.length !== 0) said.models.add(expression);
  });
  const left = [newest, ...lost].map((known) => standing(known, text, said));
  return { text, newest: next, lost: left.filter(({ analysis: { notes, targets } }) => notes.length + targets.length > 0) };
}

/** What newer analyses tell already. */
interface Said {
  readonly lines: Set<number>;
  readonly models: Set<string>;
}

/** The part of an earlier analysis that is about text which is still there, and of which nothing newer says anything. Adds it to `said`. */
function standing({ analysis, changes }: Remembered, text: string, said: Said): Remembered {
  const { source, targets, readings } = analysis;
  const lines = new LineIndex(text);
  const notes = analysis.notes.filter((note) => {
    const range = placeOf(note);
    if (!range || !saysSomething(note) || !isThere(range, source.text, changes, text)) return false;
    const { line } = lines.position(changes.shift(range).end);
    if (said.lines.has(line)) return false;
    said.lines.add(line);
    return true;
  });
  const isKept = targets.map(({ expression, range }, i) => {
    if (said.models.has(expression) || readings[i]?.layers.length === 0) return false;
    if (changes.touch(range) || !isThere(range, source.text, changes, text)) return false;
    said.models.add(expression);
    return true;
  });
  const kept = { targets: targets.filter((_, i) => isKept[i]), readings: readings.filter((_, i) => isKept[i]) };
  return { analysis: { ...analysis, notes, ...kept }, changes };
}

/** Whether something of a range is left, and nothing new stands before it on its line, as the sign of a comment would. */
function isThere(range: TextRange, older: string, changes: TextChanges, newer: string): boolean {
  const { start } = changes.shift(range);
  return !changes.cover(range) && older.slice(lineStart(older, range.start), range.start) === newer.slice(lineStart(newer, start), start);
}

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

/** What a note stands beside. */
export function placeOf({ layers, yields, makes }: LineNote): TextRange | undefined {
  return makes?.range ?? layers[0]?.layer.range ?? yields?.range;
}

function saysSomething({ layers, yields, makes }: LineNote): boolean {
  return makes !== undefined || yields !== undefined || layers.some(({ layer }) => layer.outputs.some((shape) => shape !== undefined));
}
