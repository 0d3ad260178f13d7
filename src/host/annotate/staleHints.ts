import * as vscode from "vscode";
import { Owner } from "../../base/disposable.js";

/** Milliseconds until hints are dimmed: typing that is understood again by then leaves them as they are. */
const PATIENCE = 500;
/** Lines above and below those in sight that are dimmed as well, so that scrolling does not show them late. */
const MARGIN = 40;

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
  readonly #dimmed = new WeakMap<vscode.TextDocument, readonly number[]>();
  readonly #waiting = new Map<vscode.TextDocument, { readonly timer: NodeJS.Timeout; lines: readonly number[] }>();
  /** What each editor was told last: every message to it is felt while somebody types. */
  readonly #told = new WeakMap<vscode.TextEditor, string>();

  constructor() {
    super();
    this._register(vscode.workspace.onDidCloseTextDocument((document) => this.#cancel(document)));
    this._register(vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.#decorate(textEditor)));
  }

  /** The lines, from 0, whose hints are those of before; those that are dimmed already stay so, others wait. */
  show(document: vscode.TextDocument, lines: readonly number[]): void {
    const waiting = this.#waiting.get(document);
    if (lines.length === 0) {
      this.#cancel(document);
      if (this.#dimmed.delete(document)) this.#decorateAll(document);
    } else if (this.#dimmed.has(document)) {
      this.#dim(document, lines);
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

  #dim(document: vscode.TextDocument, lines = this.#waiting.get(document)?.lines ?? []): void {
    this.#waiting.delete(document);
    this.#dimmed.set(document, lines);
    this.#decorateAll(document);
  }

  #cancel(document: vscode.TextDocument): void {
    clearTimeout(this.#waiting.get(document)?.timer);
    this.#waiting.delete(document);
  }

  #decorateAll(document: vscode.TextDocument): void {
    for (const editor of vscode.window.visibleTextEditors) if (editor.document === document) this.#decorate(editor);
  }

  #decorate(editor: vscode.TextEditor): void {
    const { document, visibleRanges } = editor;
    const dimmed = this.#dimmed.get(document) ?? [];
    const isNear = (line: number) => visibleRanges.some(({ start, end }) => line >= start.line - MARGIN && line <= end.line + MARGIN);
    const lines = dimmed.filter((line) => line < document.lineCount && isNear(line));
    // Decorations go along with the text, so the same lines need not be told again unless there are more or fewer now.
    const told = lines.length === 0 ? "" : `${lines.join()} of ${document.lineCount}`;
    if (told === (this.#told.get(editor) ?? "")) return;
    this.#told.set(editor, told);
    const ranges = lines.map((line) => document.lineAt(line).range);
    editor.setDecorations(this.#text, ranges);
    editor.setDecorations(this.#line, ranges);
  }
}
