import * as vscode from "vscode";
import { Owner } from "../../base/disposable.js";
import { networkName, progressLine, progressOf } from "./describeRun.js";
import type { LiveRun } from "./liveRun.js";
import type { RunStore } from "./runStore.js";

/** A notification for each training of this window, however it was begun; Cancel stops it with a checkpoint. */
export class TrainingNotifications extends Owner {
  readonly #followed = new Set<LiveRun>();

  constructor(private readonly store: RunStore) {
    super();
    this._register(store.onDidChange(() => this.#followNew()));
  }

  #followNew(): void {
    for (const run of this.store.live) {
      if (this.#followed.has(run)) continue;
      this.#followed.add(run);
      void follow(run).then(() => this.#followed.delete(run));
    }
  }
}

/** Fulfilled when the run's trainer has ended. */
async function follow(run: LiveRun): Promise<void> {
  const title = `Training ${networkName(run.record)}`;
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  await vscode.window.withProgress(options, (progress, token) => {
    let shown = 0;
    let line = "";
    const draw = () => {
      const percent = Math.floor(100 * progressOf(run).fraction);
      const message = progressLine(run);
      if (message === line && percent === shown) return;
      progress.report({ message, increment: percent - shown });
      shown = percent;
      line = message;
    };
    token.onCancellationRequested(() => void run.stop());
    draw();
    return new Promise<void>((resolve) => {
      const listening = [run.onDidAddMetrics(draw), run.onDidChange(() => (run.live ? draw() : end()))];
      const end = () => {
        for (const listener of listening) listener.dispose();
        resolve();
      };
    });
  });
}
