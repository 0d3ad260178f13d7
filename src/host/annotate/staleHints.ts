import * as vscode from "vscode";
import { Owner } from "../../base/disposable.js";

/** Milliseconds until hints are dimmed: typing that is understood again by then leaves them as they are. */
const PATIENCE = 500;

/**
 * Dims hints that were said of an earlier text. VS Code has no style for a single hint, but it draws hints as text of the line: a
 * decoration of whole lines covers them, one of a line's own text does not. So lines are dimmed, and their text is not.
 */
export class StaleHints extends Owner {
  // Of two decorations that set one property the one that was made first wins.
  readonly #text = this._register(vscode.window.createTextEditorDecorationType({ opacity: "1" }));
  readonly #line = this._register(
    vscode.window.createTextEditorDecorationType({
      isWholeLine: true,
      opacity: "0.5",
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    }),
  );
  readonly #dimmed = new WeakSet<vscode.TextDocument>();
  readonly #waiting = new Map<vscode.TextDocument, { readonly timer: NodeJS.Timeout; lines: readonly number[] }>();

  constructor() {
    super();
    this._register(vscode.workspace.onDidCloseTextDocument((document) => this.#cancel(document)));
  }

  /** The lines, from 0, whose hints are those of before; those that are dimmed already stay so, others wait. */
  show(document: vscode.TextDocument, lines: readonly number[]): void {
    const waiting = this.#waiting.get(document);
    if (lines.length === 0) {
      this.#cancel(document);
      if (this.#dimmed.delete(document)) this.#decorate(document, []);
    } else if (this.#dimmed.has(document)) {
      this.#decorate(document, lines);
    } else if (waiting) {
      waiting.lines = lines;
    } else {
      this.#waiting.set(document, { timer: setTimeout(() => this.#dim(document), PATIENCE), lines });
    }
  }

  override dispose(): void {
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
    super.dispose();
  }

  #dim(document: vscode.TextDocument): void {
    const lines = this.#waiting.get(document)?.lines ?? [];
    this.#waiting.delete(document);
    this.#dimmed.add(document);
    this.#decorate(document, lines);
  }

  #cancel(document: vscode.TextDocument): void {
    clearTimeout(this.#waiting.get(document)?.timer);
    this.#waiting.delete(document);
  }

  #decorate(document: vscode.TextDocument, lines: readonly number[]): void {
    const ranges = lines.filter((line) => line < document.lineCount).map((line) => document.lineAt(line).range);
    for (const editor of vscode.window.visibleTextEditors.filter((each) => each.document === document)) {
      editor.setDecorations(this.#text, ranges);
      editor.setDecorations(this.#line, ranges);
    }
  }
}
