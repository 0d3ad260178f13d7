import * as vscode from "vscode";
import { Owner } from "../../base/disposable.js";
import { Emitter, type Event } from "../../base/event.js";
import { bytes } from "../../base/words.js";
import { defaultEnginesDirectory } from "../../engine/install/location.js";
import type { EngineStatus, EngineStore } from "../../engine/install/store.js";
import type { EngineOffer } from "../../protocol/trainingPanel.js";
import type { ContextKeys } from "../contextKeys.js";
import { trainingSettings } from "../settings.js";
import type { ObservableRun } from "../training/observableRun.js";

/** What an installed TensorFlow takes on disk. */
const SIZE = "about 0.7 GB";

/** Installing and removing the TensorFlow engine, which this user's editor windows and the command `cnn` share. */
export class EngineCommands extends Owner {
  #store: Promise<EngineStore> | undefined;
  readonly #didChange = this._register(new Emitter<void>());
  /** What is installed may be another. */
  readonly onDidChange: Event<void> = this.#didChange.event;
  #state: EngineStatus["state"] | undefined;
  #installing: Promise<boolean> | undefined;

  constructor(private readonly contextKeys: ContextKeys) {
    super();
  }

  /** Installs it, or repairs it, with progress and Cancel; false: cancelled. Throws UserError. */
  install(): Promise<boolean> {
    this.#installing ??= this.#install().finally(() => {
      this.#installing = undefined;
    });
    return this.#installing;
  }

  async remove(): Promise<void> {
    const status = await (await this.#engines()).status();
    if (status.state === "absent" || status.state === "unsupported") {
      void vscode.window.showInformationMessage("TensorFlow is not installed; networks train on wasm.");
      return;
    }
    const button = "Remove TensorFlow";
    const size = status.state === "installed" ? ` frees ${bytes(status.bytes)} in ${status.directory};` : "";
    const detail = `This${size} networks train on wasm then, and TensorFlow can be installed again at any time.`;
    if ((await vscode.window.showWarningMessage("Remove the TensorFlow engine?", { modal: true, detail }, button)) !== button) return;
    await (await this.#engines()).remove();
    await this.refresh();
    void vscode.window.showInformationMessage("The TensorFlow engine is removed; networks train on wasm.");
  }

  /** Looks what is installed: it may have been done by the command or another window. */
  async refresh(): Promise<void> {
    const { state } = await (await this.#engines()).status();
    if (state === this.#state) return;
    this.#state = state;
    this.contextKeys.set({ tensorflowInstalled: state === "installed" });
    this.#didChange.fire();
  }

  /** The faster engine, for a run on the slower one; not where there is none, or where the user wants the slower one. */
  offerFor(run: ObservableRun): EngineOffer | undefined {
    const isPossible = this.#state === "absent" || this.#state === "broken";
    if (run.record.engine.name !== "wasm" || !isPossible || trainingSettings().engine === "wasm") return undefined;
    return { engine: "tensorflow", size: SIZE };
  }

  /** Loaded when it is needed first, as activation is not to wait for it. */
  #engines(): Promise<EngineStore> {
    this.#store ??= import("../../engine/install/store.js").then((module) => new module.EngineStore(defaultEnginesDirectory()));
    return this.#store;
  }

  async #install(): Promise<boolean> {
    const options = { location: vscode.ProgressLocation.Notification, title: "Installing TensorFlow", cancellable: true };
    const status = await vscode.window.withProgress(options, async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      let shown = 0;
      const onProgress = ({ text, fraction }: { readonly text: string; readonly fraction: number }) => {
        progress.report({ message: text, increment: 100 * fraction - shown });
        shown = 100 * fraction;
      };
      try {
        return await (await this.#engines()).install({ onProgress, signal: abort.signal });
      } catch (error) {
        if (abort.signal.aborted) return undefined;
        throw error;
      }
    });
    await this.refresh();
    if (status?.state !== "installed") return false;
    void vscode.window.showInformationMessage(`TensorFlow ${status.version} is installed; the next training uses it.`);
    return true;
  }
}
