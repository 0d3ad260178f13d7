// The training panel as a user sees it, for the tests in the browser.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Frame } from "playwright-core";
import type { RunRecord } from "../../src/run/record.js";
import type { Workbench } from "../harness/src/index.mjs";
import { until } from "./until.js";

/** View type of the panel. */
const PANEL = "cnnLab.training";

export class TrainingPanel {
  private constructor(readonly frame: Frame) {}

  /** The panel that is shown; frames are replaced when a panel was hidden, so ask again then. */
  static async shown(workbench: Workbench): Promise<TrainingPanel> {
    const frame = await workbench.webview(PANEL);
    await frame.locator("header [role=status]").waitFor();
    return new TrainingPanel(frame);
  }

  async state(): Promise<string> {
    return (await this.frame.locator("header [role=status]").innerText()).trim();
  }

  /** Waits until the header says one of these. */
  async waitForState(wanted: RegExp, timeout = 60_000): Promise<string> {
    await this.frame.locator("header [role=status]").filter({ hasText: wanted }).waitFor({ timeout });
    return this.state();
  }

  press(button: "Pause" | "Resume" | "Stop"): Promise<void> {
    return this.frame.locator(`header vscode-button[aria-label="${button}"]`).click();
  }

  /** Pixels of the first canvas that a selector finds, as a string that differs when they do. */
  async pixels(selector: string): Promise<string> {
    const canvas = this.frame.locator(selector).first();
    await canvas.scrollIntoViewIfNeeded(); // what is out of sight is not drawn
    return canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());
  }

  curvePixels(): Promise<string> {
    return this.pixels(".plot canvas");
  }

  /** The selected layer's kernels. */
  kernelPixels(): Promise<string> {
    return this.pixels(".kernel-view .image-grid canvas");
  }
}

/** Runs of the open workspace, newest first, as their folders say. */
export function runsOf(workbench: Workbench): { readonly folder: string; readonly record: RunRecord }[] {
  const runs = path.join(workbench.workspace, ".cnn", "runs");
  let names: string[] = [];
  try {
    names = readdirSync(runs);
  } catch {
    // No run yet.
  }
  return names
    .flatMap((name) => {
      const folder = path.join(runs, name);
      try {
        return [{ folder, record: JSON.parse(readFileSync(path.join(folder, "run.json"), "utf8")) as RunRecord }];
      } catch {
        return []; // being made
      }
    })
    .sort((a, b) => b.record.created.localeCompare(a.record.created));
}

/** The newest run once it satisfies a condition. */
export function untilRun(workbench: Workbench, what: string, wanted: (record: RunRecord) => boolean): Promise<RunRecord> {
  return until(what, () =>
    runsOf(workbench)
      .map(({ record }) => record)
      .slice(0, 1)
      .find(wanted),
  );
}
