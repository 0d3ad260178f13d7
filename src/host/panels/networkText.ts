import * as vscode from "vscode";
import { Owner } from "../../base/disposable.js";
import { Emitter, type Event } from "../../base/event.js";

/** Whether a network's file still says what a run trained, as the editor shows it, saved or not. */
export class NetworkText extends Owner {
  readonly #changed = this._register(new Emitter<void>());
  readonly onDidChange: Event<void> = this.#changed.event;
  #edited = false;

  constructor(
    private readonly file: vscode.Uri,
    private readonly trained: string,
  ) {
    super();
    this._register(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.toString() === file.toString()) this.#compare(document.getText());
      }),
    );
    const watcher = this._register(
      vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.joinPath(file, ".."), "*")),
    );
    this._register(watcher.onDidChange((uri) => uri.toString() === file.toString() && void this.#read()));
    void this.#read();
  }

  get edited(): boolean {
    return this.#edited;
  }

  async #read(): Promise<void> {
    const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === this.file.toString());
    if (open !== undefined) return this.#compare(open.getText());
    const bytes = await vscode.workspace.fs.readFile(this.file).then(
      (read) => read,
      () => undefined,
    );
    // A file that is gone cannot be compared; the run is what it is.
    if (bytes !== undefined) this.#compare(new TextDecoder().decode(bytes));
  }

  #compare(text: string): void {
    const edited = text !== this.trained;
    if (edited === this.#edited || this.isDisposed) return;
    this.#edited = edited;
    this.#changed.fire();
  }
}
