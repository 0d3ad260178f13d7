import path from "node:path";
import * as vscode from "vscode";
import { isWritable } from "./writable.js";

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
    return [...folders().map((folder) => path.join(folder, RUNS)), this.#storage];
  }

  async forRunOf(network: vscode.Uri): Promise<RunPlace> {
    const folder = vscode.workspace.getWorkspaceFolder(network)?.uri.fsPath ?? folders()[0];
    if (folder === undefined || !(await isWritable(folder))) return { runsDirectory: this.#storage, file: network.fsPath };
    const relative = path.relative(folder, network.fsPath);
    const isInside = !relative.startsWith("..") && !path.isAbsolute(relative);
    return { runsDirectory: path.join(folder, RUNS), file: isInside ? relative.split(path.sep).join("/") : network.fsPath };
  }

  /** The absolute path of the network a run in `runDirectory` names. */
  networkFile(runDirectory: string, file: string): string {
    return path.resolve(runDirectory, "..", "..", "..", file);
  }

  /** Where data files are looked for before any download, besides the folder of the settings. */
  searchDirectories(network: vscode.Uri): string[] {
    const beside = network.scheme === "file" ? [path.dirname(network.fsPath)] : [];
    return [...new Set([...beside, ...folders()])];
  }
}

function folders(): string[] {
  return (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === "file").map((folder) => folder.uri.fsPath);
}
