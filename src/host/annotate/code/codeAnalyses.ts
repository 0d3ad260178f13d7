import type * as vscode from "vscode";
import type { TextRange } from "../../../base/text.js";
import type { SourceReading } from "../../../reading/types.js";
import { analyzed, type CodeAnalysis } from "./codeAnalysis.js";
import { type CodeText, codeTextOf } from "./codeText.js";
import { type Known, type Remembered, withNext } from "./remembered.js";

/** Reads a source file; undefined where nothing in it makes networks. */
export type ReadSource = (code: CodeText, document: vscode.TextDocument) => Promise<SourceReading | undefined>;

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
