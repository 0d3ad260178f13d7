import type * as vscode from "vscode";
import type { TextRange } from "../../../base/text.js";
import { type LineNote, notesOf, problemsOf } from "../../../reading/notes.js";
import type { ModelReading, SourceReading } from "../../../reading/types.js";
import { offsetShift } from "../offsetShift.js";
import { type CodeText, codeTextOf } from "./codeText.js";

/** Reads a source file; undefined where nothing in it makes networks. */
export type ReadSource = (code: CodeText, document: vscode.TextDocument) => Promise<SourceReading | undefined>;

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
  /** Where a range of the analysed text is now: of notebooks in one of the cells. */
  locate(range: TextRange): vscode.Location;
  /** The same without the document it is in. */
  range(range: TextRange): vscode.Range;
  /** The same where it is in the document that was asked about. */
  here(range: TextRange): vscode.Range | undefined;
}

interface Entry {
  readonly version: string;
  readonly good: Promise<CodeAnalysis | undefined>;
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
    const known = this.#entries.get(code.owner);
    const good = known?.version === code.version ? known.good : this.#analyze(code, document, known?.good);
    const used = await good;
    return used && show(document, used, code);
  }

  /** Something other than the documents has changed: settings, imported files. */
  forget(document?: vscode.TextDocument): void {
    if (document) this.#entries.delete(codeTextOf(document)?.owner ?? document);
    else this.#entries = new WeakMap();
  }

  #analyze(code: CodeText, document: vscode.TextDocument, known: Entry["good"] | undefined): Entry["good"] {
    const analysis = this.read(code, document).then((source) => source && analyzed(source));
    const good = Promise.all([analysis, known]).then(([now, before]) => better(now, before));
    this.#entries.set(code.owner, { version: code.version, good });
    return good;
  }
}

/** What was broken before as well is broken for good, as pseudo code in a notebook; else someone is typing. */
function better(now: CodeAnalysis | undefined, before: CodeAnalysis | undefined): CodeAnalysis | undefined {
  return now?.source.broken && before && !before.source.broken ? before : now;
}

function analyzed(source: SourceReading): CodeAnalysis {
  const end = performance.now() + PATIENCE;
  const readings: ModelReading[] = [];
  for (const { expression } of source.targets) {
    if (readings.length > 0 && performance.now() > end) break;
    readings.push(source.read(expression));
  }
  const problems = problemsOf([{ problems: source.problems }, ...readings]);
  return { source, readings, notes: notesOf(source.text, readings, source.targets), problems };
}

function show(document: vscode.TextDocument, analysis: CodeAnalysis, { text, locate }: CodeText): ShownCode {
  const stale = analysis.source.text !== text;
  const shift = stale ? offsetShift(analysis.source.text, text) : (offset: number) => offset;
  const uri = document.uri.toString();
  const located = ({ start, end }: TextRange) => locate({ start: shift(start), end: shift(end) });
  return {
    analysis,
    stale,
    locate: located,
    range: (range) => located(range).range,
    here: (range) => {
      const place = located(range);
      return place.uri === document.uri || place.uri.toString() === uri ? place.range : undefined;
    },
  };
}
