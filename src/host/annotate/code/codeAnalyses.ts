import type * as vscode from "vscode";
import type { TextRange } from "../../../base/text.js";
import { type LineNote, notesOf, problemsOf } from "../../../reading/notes.js";
import type { ModelReading, ModelTarget, SourceReading } from "../../../reading/types.js";
import { type CodeText, codeTextOf } from "./codeText.js";
import { type Known, type Remembered, withNext } from "./remembered.js";

/** Reads a source file; undefined where nothing in it makes networks. */
export type ReadSource = (code: CodeText, document: vscode.TextDocument) => Promise<SourceReading | undefined>;

/** What is known of a version of a document. */
export interface CodeAnalysis {
  readonly source: SourceReading;
  readonly targets: readonly ModelTarget[];
  /** One for each target, in their order; targets past the time for reading are left to be read when they are asked for. */
  readonly readings: readonly ModelReading[];
  readonly notes: readonly LineNote[];
  readonly problems: ReturnType<typeof problemsOf>;
}

/** An analysis in a document as it is now. */
export interface PlacedCode {
  readonly analysis: CodeAnalysis;
  /** It is of before: the text has changed since, and is half written. */
  readonly stale: boolean;
  /** Where a range of the analysed text is now: of notebooks in one of the cells. */
  locate(range: TextRange): vscode.Location;
  /** The same without the document it is in. */
  range(range: TextRange): vscode.Range;
  /** The same where it is in the document that was asked about. */
  here(range: TextRange): vscode.Range | undefined;
}

/** What is known of a document now: while its text is half typed the last good analysis, moved along with the text. */
export interface ShownCode extends PlacedCode {
  /** What earlier analyses knew and this one does not, as the text is half written though its grammar is right. */
  readonly lost: readonly PlacedCode[];
}

interface Entry {
  readonly version: string;
  readonly known: Promise<Known | undefined>;
}

/** Milliseconds for the models of a file; those that come later are read when someone asks. */
const PATIENCE = 150;

/** Analyses of source files and notebooks, one for each version, shared by all that annotates. */
export class CodeAnalyses {
  #entries = new WeakMap<object, Entry>();

  constructor(private readonly read: ReadSource) {}

  async of(document: vscode.TextDocument): Promise<ShownCode | undefined> {
    const code = codeTextOf(document);
    if (!code) return undefined;
    const entry = this.#entries.get(code.owner);
    const known = await (entry?.version === code.version ? entry.known : this.#analyze(code, document, entry?.known));
    return known && { ...place(document, known.newest, code), lost: known.lost.map((lost) => place(document, lost, code)) };
  }

  /** Something other than the documents has changed: settings, imported files. */
  forget(document?: vscode.TextDocument): void {
    if (document) this.#entries.delete(codeTextOf(document)?.owner ?? document);
    else this.#entries = new WeakMap();
  }

  /** A document, or a notebook, is written for now: what it has lost is gone. */
  settle(owner: object): void {
    const entry = this.#entries.get(owner);
    if (entry) this.#entries.set(owner, { ...entry, known: entry.known.then((known) => known && { ...known, lost: [] }) });
  }

  #analyze(code: CodeText, document: vscode.TextDocument, before: Entry["known"] | undefined): Entry["known"] {
    const analysis = this.read(code, document).then((source) => source && analyzed(source));
    const known = Promise.all([analysis, before]).then(([now, earlier]) => withNext(earlier, code.text, now));
    this.#entries.set(code.owner, { version: code.version, known });
    return known;
  }
}

function analyzed(source: SourceReading): CodeAnalysis {
  const end = performance.now() + PATIENCE;
  const readings: ModelReading[] = [];
  for (const { expression } of source.targets) {
    if (readings.length > 0 && performance.now() > end) break;
    readings.push(source.read(expression));
  }
  const problems = problemsOf([{ problems: source.problems }, ...readings]);
  const { targets } = source;
  return { source, targets, readings, notes: notesOf(source.text, readings, targets), problems };
}

function place(document: vscode.TextDocument, { analysis, changes }: Remembered, { text, locate }: CodeText): PlacedCode {
  const uri = document.uri.toString();
  const located = (range: TextRange) => locate(changes.shift(range));
  return {
    analysis,
    stale: analysis.source.text !== text,
    locate: located,
    range: (range) => located(range).range,
    here: (range) => {
      const { uri: found, range: now } = located(range);
      return found === document.uri || found.toString() === uri ? now : undefined;
    },
  };
}
