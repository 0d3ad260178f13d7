import * as vscode from "vscode";
import { Owner } from "../../base/disposable.js";
import { NETWORK_SUFFIX } from "../ids.js";
import { networkName } from "./describeRun.js";
import type { LiveRun } from "./liveRun.js";
import type { RunStore } from "./runStore.js";

const SCHEME = "cnn-run";

/** Networks as runs were trained from, as read-only documents, to be compared with what their files say now. */
export class NetworksOfRuns extends Owner implements vscode.TextDocumentContentProvider {
  constructor(private readonly store: RunStore) {
    super();
    this._register(vscode.workspace.registerTextDocumentContentProvider(SCHEME, this));
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const run = await this.store.find(uri.query);
    return run?.record.network.source ?? "";
  }

  /** Shows what a run trained beside what its file says now; what source code or a saved model became has no file to be held against. */
  async compare(run: LiveRun): Promise<void> {
    const { record, runDirectory, networkFile } = run;
    const name = networkName(record);
    const trained = (file: string) => vscode.Uri.from({ scheme: SCHEME, path: `/${record.id}/${file}`, query: runDirectory });
    if (!networkFile.endsWith(NETWORK_SUFFIX)) {
      await vscode.commands.executeCommand("vscode.open", trained(`${name}${NETWORK_SUFFIX}`));
      return;
    }
    const file = vscode.Uri.file(networkFile);
    await vscode.commands.executeCommand("vscode.diff", trained(name), file, `${name}: run ${record.id} and now`);
  }
}
