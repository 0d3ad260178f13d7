import * as vscode from "vscode";
import type { TextRange } from "../../../base/text.js";
import { type LineNote, notesOf, problemsOf } from "../../../reading/notes.js";
import type { ModelReading, SourceReading } from "../../../reading/types.js";
import { offsetShift } from "../offsetShift.js";

/** Reads a source file; undefined where nothing in it makes networks. */
export type ReadSource = (document: vscode.TextDocument) => Promise<SourceReading | undefined>;

/** What is known of a version of a document. */
export interface CodeAnalysis {
  readonly source: SourceReading;
  /** One for each target, in their order; targets past the time for reading are left to be read when they are asked for. */
  readonly readings: readonly ModelReading[];
  readonly notes: readonly LineNote[];
  readonly problems: ReturnType<typeof problemsOf>;
}

/** An analysis that holds for a document now: the last good one, moved along with the text, while the text is half typed. */
export interface ShownCode {
  readonly analysis: CodeAnalysis;
  /** Someone is typing: shapes are those of before. */
  readonly stale: boolean;
  range(range: TextRange): vscode.Range;
}

interface Entry {
  readonly version: number;
  readonly shown: Promise<ShownCode | undefined>;
  readonly good: Promise<CodeAnalysis | undefined>;
}

/** Milliseconds for the models of a file; those that come later are read when someone asks. */
const PATIENCE = 150;

/** Analyses of source files, one for each version, shared by all that annotates. */
export class CodeAnalyses {
  readonly #entries = new WeakMap<vscode.TextDocument, Entry>();

  constructor(private readonly read: ReadSource) {}

  of(document: vscode.TextDocument): Promise<ShownCode | undefined> {
    const known = this.#entries.get(document);
    if (known?.version === document.version) return known.shown;
    const analysis = this.read(document).then((source) => source && analyzed(source));
    const good = Promise.all([analysis, known?.good]).then(([now, before]) => (now?.source.broken ? (before ?? now) : now));
    const text = document.getText();
    const shown = good.then((used) => used && show(document, used, text));
    this.#entries.set(document, { version: document.version, shown, good });
    return shown;
  }

  /** Something other than the documents has changed: settings, imported files. */
  forget(document: vscode.TextDocument): void {
    this.#entries.delete(document);
  }
}

function analyzed(source: SourceReading): CodeAnalysis {
  const end = performance.now() + PATIENCE;
  const readings: ModelReading[] = [];
  for (const { expression } of source.targets) {
    if (readings.length > 0 && performance.now() > end) break;
    readings.push(source.read(expression));
  }
  const problems = [...source.problems, ...problemsOf(readings)];
  return { source, readings, notes: notesOf(source.text, readings), problems };
}

function show(document: vscode.TextDocument, analysis: CodeAnalysis, text: string): ShownCode {
  const stale = analysis.source.text !== text;
  const shift = stale ? offsetShift(analysis.source.text, text) : (offset: number) => offset;
  return {
    analysis,
    stale,
    range: ({ start, end }) => new vscode.Range(document.positionAt(shift(start)), document.positionAt(shift(end))),
  };
}
