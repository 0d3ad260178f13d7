import path from "node:path";
import * as vscode from "vscode";
import { makeWritable } from "./writable.js";

const RUNS = path.join(".cnn", "runs");

/** Where a run of a network is kept, and how its record names the network's file. */
export interface RunPlace {
  readonly runsDirectory: string;
  /** Relative to the workspace folder with "/", absolute where the runs lie elsewhere. */
  readonly file: string;
}

/** Folders that runs live in: `.cnn/runs` of each workspace folder; without one, or where it is read-only, the extension's storage. */
export class Places {
  readonly #storage: string;

  constructor(context: vscode.ExtensionContext) {
    this.#storage = path.join((context.storageUri ?? context.globalStorageUri).fsPath, "runs");
  }

  /** All that may hold runs of this window, existing or not. */
  runsDirectories(): string[] {
    return [...this.workspaceFolders().map((folder) => path.join(folder, RUNS)), this.#storage];
  }

  workspaceFolders(): string[] {
    return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri.fsPath);
  }

  /** A network that was never saved counts as lying in the first folder. */
  async forRunOf(network: vscode.Uri): Promise<RunPlace> {
    // The address of a notebook's cell has the path of its notebook.
    const isSaved = network.scheme === "file" || network.scheme === "vscode-notebook-cell";
    const folder =
      vscode.workspace.getWorkspaceFolder(isSaved ? vscode.Uri.file(network.fsPath) : network)?.uri.fsPath ?? this.workspaceFolders()[0];
    const file = isSaved ? network.fsPath : path.join(folder ?? path.dirname(this.#storage), path.basename(network.path));
    if (folder === undefined || !(await makeWritable(path.join(folder, RUNS)))) return { runsDirectory: this.#storage, file };
    const relative = path.relative(folder, file);
    const isInside = !relative.startsWith("..") && !path.isAbsolute(relative);
    return { runsDirectory: path.join(folder, RUNS), file: isInside ? relative.split(path.sep).join("/") : file };
  }
}
