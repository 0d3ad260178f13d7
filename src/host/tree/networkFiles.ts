import * as vscode from "vscode";
import { Owner } from "../../base/disposable.js";
import { Emitter, type Event } from "../../base/event.js";
import { NETWORK_GLOB } from "../ids.js";

/** The network files of the workspace, kept up to date. */
export class NetworkFiles extends Owner {
  readonly #didChange = this._register(new Emitter<void>());
  readonly onDidChange: Event<void> = this.#didChange.event;
  #found: Promise<string[]> | undefined;

  constructor() {
    super();
    const watcher = this._register(vscode.workspace.createFileSystemWatcher(NETWORK_GLOB, false, true, false));
    this._register(watcher.onDidCreate(() => this.#forget()));
    this._register(watcher.onDidDelete(() => this.#forget()));
    this._register(vscode.workspace.onDidChangeWorkspaceFolders(() => this.#forget()));
  }

  /** Absolute paths. */
  all(): Promise<string[]> {
    this.#found ??= find();
    return this.#found;
  }

  #forget(): void {
    this.#found = undefined;
    this.#didChange.fire();
  }
}

async function find(): Promise<string[]> {
  const uris = await vscode.workspace.findFiles(NETWORK_GLOB, "**/{node_modules,.cnn,.git}/**");
  return uris.map((uri) => uri.fsPath);
}
