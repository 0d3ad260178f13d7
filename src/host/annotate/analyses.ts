import * as vscode from "vscode";
import type { TextRange } from "../../base/text.js";
import { type Analysis, analyze } from "./analysis.js";
import { offsetShift } from "./offsetShift.js";

/** An analysis that holds for a document now. */
export interface Shown {
  readonly analysis: Analysis;
  /** A range of the analysed text, in the document. */
  range(range: TextRange): vscode.Range;
}

interface Entry {
  readonly version: number;
  readonly shown: Shown;
  /** The newest analysis of a text that could be parsed. */
  readonly good: Analysis | undefined;
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
    const current = analyze(document.getText(), document.fileName);
    const good = current.broken ? known?.good : current;
    const shown = show(document, current, good);
    this.#entries.set(document, { version: document.version, shown, good });
    return shown;
  }
}

function show(document: vscode.TextDocument, current: Analysis, good: Analysis | undefined): Shown {
  const shift = good && good !== current ? offsetShift(good.text, current.text) : (offset: number) => offset;
  return {
    analysis: good ?? current,
    range: ({ start, end }) => new vscode.Range(document.positionAt(shift(start)), document.positionAt(shift(end))),
  };
}
