import * as vscode from "vscode";
import { Owner } from "../../base/disposable.js";
import type { ObservableRun } from "../training/observableRun.js";
import { createWebview } from "./panel.js";
import { PANEL_KINDS } from "./panelKinds.js";
import { TrainingPanel, type TrainingPanelSource } from "./trainingPanel.js";

/** All training panels of the window; those open when it was reloaded come back with their runs. */
export class TrainingPanels extends Owner {
  readonly #panels = new Set<TrainingPanel>();

  constructor(
    private readonly source: TrainingPanelSource,
    /** A run with its layers and metrics, by its id. */
    private readonly find: (id: string) => Promise<ObservableRun | undefined>,
  ) {
    super();
    this._register(
      vscode.window.registerWebviewPanelSerializer(PANEL_KINDS.training.viewType, {
        deserializeWebviewPanel: (webview, state) => this.#restore(webview, state),
      }),
    );
    this._register({ dispose: () => this.#panels.forEach((panel) => void panel.dispose()) });
  }

  /** Brings a run's panel to sight: its own, else that of an ended run of the same network, else a new one beside the editor. */
  show(run: ObservableRun): void {
    const panels = [...this.#panels];
    const own = panels.find((panel) => panel.run === run);
    const free = panels.find((panel) => panel.run === undefined || (!panel.run.live && sameNetwork(panel.run, run)));
    const panel = own ?? free ?? this.#adopt(createWebview(PANEL_KINDS.training, "Training", this.source.extension));
    panel.show(run);
    panel.reveal();
  }

  /** Gives a run that goes on to a panel that still shows an ended one of its network; opens none. */
  follow(run: ObservableRun): void {
    const panels = [...this.#panels];
    if (panels.some((panel) => panel.run === run)) return;
    panels.find((panel) => panel.run && !panel.run.live && sameNetwork(panel.run, run))?.show(run);
  }

  async #restore(webview: vscode.WebviewPanel, state: unknown): Promise<void> {
    const panel = this.#adopt(webview);
    const id = savedRun(state);
    const run = id === undefined ? undefined : await this.find(id);
    // Somebody may have given it a run meanwhile.
    if (panel.run === undefined) panel.show(run);
  }

  #adopt(webview: vscode.WebviewPanel): TrainingPanel {
    const panel = new TrainingPanel(webview, this.source);
    this.#panels.add(panel);
    panel.onDidClose(() => this.#panels.delete(panel));
    return panel;
  }
}

export function sameNetwork(a: ObservableRun, b: ObservableRun): boolean {
  return a.record.network.file === b.record.network.file;
}

/** The run a panel showed, as it saved it. */
function savedRun(state: unknown): string | undefined {
  const run = typeof state === "object" && state !== null && "run" in state ? state.run : undefined;
  return typeof run === "string" ? run : undefined;
}
