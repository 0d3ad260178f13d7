import * as vscode from "vscode";
import { changedStretch, type TextRange } from "../../base/text.js";
import { TextChanges } from "../../base/textChanges.js";
import { type Analysis, analyze } from "./analysis.js";

/** An analysis that holds for a document now. */
export interface Shown {
  readonly analysis: Analysis;
  /** It is of before: the text is half typed. */
  readonly stale: boolean;
  /** A range of the analysed text, in the document. */
  range(range: TextRange): vscode.Range;
}

interface Entry {
  readonly version: number;
  readonly text: string;
  readonly shown: Shown;
  /** The newest analysis of a text that could be parsed, and what was edited since. */
  readonly good: { readonly analysis: Analysis; readonly changes: TextChanges } | undefined;
}

/**
 * Analyses of documents, one for each version, shared by all that annotates. While a text is no JSON, as half-typed ones are, the last
 * good analysis is shown, moved along with the text.
 */
export class Analyses {
  readonly #entries = new WeakMap<vscode.TextDocument, Entry>();

  of(document: vscode.TextDocument): Shown {
    const known = this.#entries.get(document);
    if (known?.version === document.version) return known.shown;
    const text = document.getText();
    const analysis = analyze(text, document.fileName);
    const current = { analysis, changes: TextChanges.none };
    const before = known?.good && { ...known.good, changes: known.good.changes.then(changedStretch(known.text, text)) };
    const good = analysis.broken ? before : current;
    const shown = show(document, good ?? current, good !== undefined && good !== current);
    this.#entries.set(document, { version: document.version, text, shown, good });
    return shown;
  }
}

function show(document: vscode.TextDocument, { analysis, changes }: NonNullable<Entry["good"]>, stale: boolean): Shown {
  return {
    analysis,
    stale,
    range: (range) => {
      const { start, end } = changes.shift(range);
      return new vscode.Range(document.positionAt(start), document.positionAt(end));
    },
  };
}
