import { changedStretch, LineIndex, type TextRange } from "../../../base/text.js";
import { TextChanges } from "../../../base/textChanges.js";
import type { LineNote } from "../../../reading/notes.js";
import type { ModelTarget, SourceReading } from "../../../reading/types.js";
import type { CodeAnalysis } from "./codeAnalysis.js";

/** An analysis, and how the text has changed since. */
export interface Remembered {
  readonly analysis: CodeAnalysis;
  readonly changes: TextChanges;
  /** The text has been read since and does not say this any more, as it is half written. */
  readonly stale: boolean;
}

/** What is known of a text while it is written. */
export interface Known {
  readonly text: string;
  /** The newest analysis of a text without places that the grammar does not understand. */
  readonly newest: Remembered;
  /** Of earlier ones what the newest does not tell: what has not been read again yet, and what code half written keeps from being known. */
  readonly lost: readonly Remembered[];
}

/** Whether someone is typing. What was broken before as well is broken for good, as pseudo code in a notebook. */
export function isHalfWritten(before: Known | undefined, { broken }: SourceReading): boolean {
  return broken && before !== undefined && !before.newest.analysis.source.broken;
}

/** What is known of a half-written text, and of one that makes no networks any more: what was known before. */
export function withoutNext(before: Known, text: string): Known {
  const said = nothingSaid(text);
  const [newest, ...lost] = aged(before, text).map((known) => ({ ...standing(known, text, said), stale: true }));
  return newest ? { text, newest, lost } : before;
}

/** What is known after an edit, from what was known before. An analysis that is not `whole` leaves the models of before as they are. */
export function withNext(before: Known | undefined, text: string, analysis: CodeAnalysis, whole: boolean): Known {
  const newest: Remembered = { analysis, changes: TextChanges.none, stale: false };
  if (!before) return { text, newest, lost: [] };
  const said = nothingSaid(text);
  for (const note of analysis.notes) if (saysSomething(note)) said.lines.add(note.line);
  analysis.targets.forEach(({ expression }, i) => {
    if (analysis.readings[i]?.layers.length !== 0) said.models.add(expression);
  });
  const left = aged(before, text).map((known) => {
    const kept = standing(known, text, said);
    return whole ? { ...kept, stale: true } : kept;
  });
  return { text, newest, lost: left.filter(({ analysis: { notes, targets } }) => notes.length + targets.length > 0) };
}

/** Models that were known before, where they are now. */
export interface LikelyTargets {
  /** Those that are closest to the edit first. */
  readonly targets: readonly ModelTarget[];
  /** How many of them, the first ones, have the edit between their lines. */
  readonly touched: number;
}

/** The models that a text most likely makes, after an edit. */
export function likelyTargets({ newest, lost, text: older }: Known, text: string): LikelyTargets {
  const change = changedStretch(older, text);
  const edit = { start: change.start, end: change.oldEnd };
  const placed = [newest, ...lost].flatMap(({ analysis: { targets, readings }, changes }) =>
    targets.map((target, i) => {
      const parts = [
        target.range,
        ...(readings[i]?.layers ?? []).flatMap(({ range }) => range ?? []),
        ...(readings[i]?.lines ?? []).map(({ range }) => range),
      ];
      const ranges = parts.map((range) => changes.shift(range));
      const hull = { start: Math.min(...ranges.map((range) => range.start)), end: Math.max(...ranges.map((range) => range.end)) };
      return { target, distance: Math.max(0, hull.start - edit.end, edit.start - hull.end), changes };
    }),
  );
  const now = TextChanges.none.then(change);
  const targets = placed
    .sort((a, b) => a.distance - b.distance)
    .map(({ target, changes }) => ({ ...target, range: now.shift(changes.shift(target.range)) }));
  return { targets, touched: placed.filter(({ distance }) => distance === 0).length };
}

/** All that was known, after one more edit. */
function aged({ newest, lost, text: older }: Known, text: string): Remembered[] {
  const edit = changedStretch(older, text);
  return [newest, ...lost].map(({ analysis, changes, stale }) => ({ analysis, changes: changes.then(edit), stale }));
}

/** What newer analyses of a text tell already. */
interface Said {
  readonly index: LineIndex;
  readonly lines: Set<number>;
  readonly models: Set<string>;
}

function nothingSaid(text: string): Said {
  return { index: new LineIndex(text), lines: new Set(), models: new Set() };
}

/** The part of an earlier analysis that is about text which is still there, and of which nothing newer says anything. Adds it to `said`. */
function standing({ analysis, changes, stale }: Remembered, text: string, said: Said): Remembered {
  const { source, targets, readings } = analysis;
  const notes = analysis.notes.filter((note) => {
    const range = placeOf(note);
    if (!range || !saysSomething(note) || !isThere(range, source.text, changes, text)) return false;
    const { line } = said.index.position(changes.shift(range).end);
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
  return { analysis: { ...analysis, notes, ...kept }, changes, stale };
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
