import path from "node:path";
import * as vscode from "vscode";
import { Owner } from "../../base/disposable.js";
import { Emitter, type Event } from "../../base/event.js";
import type { ModelGraph } from "../../protocol/modelPanel.js";
import { FolderWatch } from "../folderWatch.js";
import { COMMANDS } from "../ids.js";
import { InspectorThread } from "./inspectorThread.js";
import type { ShownModel } from "./shownModel.js";

/** Milliseconds of quiet after a file was written, as large ones are written in parts. */
const QUIET = 300;

/** A model in a file, read by a thread of its own, and again whenever the file changes on the disk. */
export class SavedModel extends Owner implements ShownModel {
  readonly #changed = this._register(new Emitter<void>());
  readonly onDidChange: Event<void> = this.#changed.event;
  #thread: InspectorThread | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly file: vscode.Uri,
    private readonly extension: vscode.Uri,
  ) {
    super();
    const name = path.basename(file.fsPath);
    // VS Code's watchers begin some time after they are made, and miss what changes until then.
    const watch = this._register(new FolderWatch(path.dirname(file.fsPath)));
    this._register(watch.onDidChange((changed) => (changed === undefined || changed === name) && this.#changeSoon()));
    this._register({ dispose: () => clearTimeout(this.#timer) });
    this._register({ dispose: () => this.#thread?.dispose() });
  }

  /** Starts over: a thread that still reads what the file was is ended. */
  graph(): Promise<ModelGraph> {
    this.#thread?.dispose();
    this.#thread = new InspectorThread(this.extension);
    return this.#thread.ask("open", { file: this.file.fsPath });
  }

  details: ShownModel["details"] = (params) => this.#reader.ask("details", params);
  summary: ShownModel["summary"] = (params) => this.#reader.ask("summary", params);
  numbers: ShownModel["numbers"] = (params) => this.#reader.ask("numbers", params);
  kernels: ShownModel["kernels"] = (params) => this.#reader.ask("kernels", params);

  async train(): Promise<void> {
    await vscode.commands.executeCommand(COMMANDS.train, this.file);
  }

  get #reader(): InspectorThread {
    this.#thread ??= new InspectorThread(this.extension);
    return this.#thread;
  }

  #changeSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#changed.fire(), QUIET);
  }
}
