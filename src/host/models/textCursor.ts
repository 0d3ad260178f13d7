import * as vscode from "vscode";
import { Owner } from "../../base/disposable.js";
import { Emitter, type Event } from "../../base/event.js";
import type { NodePlaces } from "./nodePlaces.js";
import type { TextBeside } from "./shownModel.js";

/** Couples the cursor in a text with the nodes of its model, so that neither follows its own echo. */
export class TextCursor extends Owner implements TextBeside {
  readonly #selected = this._register(new Emitter<number>());
  readonly onDidSelect: Event<number> = this.#selected.event;
  /** What is selected, by either side. */
  #node: number | undefined;
  /** Where the cursor was put because a node was chosen. */
  #put: vscode.Position | undefined;

  constructor(
    private readonly uri: vscode.Uri,
    private readonly places: () => NodePlaces | undefined,
  ) {
    super();
    this._register(
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections: [first] }) => {
        if (first) this.#follow(textEditor.document.uri, first.active);
      }),
    );
  }

  async reveal(node: number): Promise<void> {
    this.#node = node;
    const place = this.places()?.madeAt(node);
    if (!place) return;
    const { start } = place.range;
    this.#put = start;
    const editor = visibleEditor(place.uri);
    if (!editor) return this.#show(place.uri, { preserveFocus: true, selection: new vscode.Range(start, start) });
    editor.selection = new vscode.Selection(start, start);
    // The line from its beginning, as the editor may be narrow.
    const line = new vscode.Range(start.line, 0, place.range.end.line, 0);
    editor.revealRange(line, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  open(): Promise<void> {
    return this.#show(this.uri, {});
  }

  #follow(uri: vscode.Uri, position: vscode.Position): void {
    const places = this.places();
    if (!places || uri.path !== this.uri.path) return;
    const isEcho = this.#put?.isEqual(position) ?? false;
    this.#put = undefined;
    if (isEcho) return;
    const node = places.nodeAt(uri, position, this.#node);
    if (node === undefined || node === this.#node) return;
    this.#node = node;
    this.#selected.fire(node);
  }

  /** Where it is visible, else in the first column: the panel is beside it. */
  async #show(uri: vscode.Uri, options: vscode.TextDocumentShowOptions): Promise<void> {
    const viewColumn = visibleEditor(uri)?.viewColumn ?? vscode.ViewColumn.One;
    await vscode.commands.executeCommand("vscode.open", uri, { viewColumn, ...options });
  }
}

function visibleEditor(uri: vscode.Uri): vscode.TextEditor | undefined {
  return vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
}
