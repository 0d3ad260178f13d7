import * as vscode from "vscode";
import { networkName, progressLine, progressOf } from "./describeRun.js";
import type { LiveRun } from "./liveRun.js";

/** A notification that follows a run until its trainer ends; Cancel stops the training with a checkpoint. */
export function followWithNotification(run: LiveRun): void {
  const title = `Training ${networkName(run.record)}`;
  void vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, (progress, token) => {
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
    return new Promise<void>((resolve) => {
      const changes = [run.onDidChange(check), run.onDidAddMetrics(draw)];
      token.onCancellationRequested(() => void run.stop());
      check();

      function check(): void {
        draw();
        if (run.live) return;
        for (const change of changes) change.dispose();
        resolve();
      }
    });
  });
}
