import * as vscode from "vscode";
import { thousands } from "../../base/words.js";
import type { Reporter } from "../reporter.js";
import { networkName } from "./describeRun.js";
import type { LiveRun } from "./liveRun.js";
import { afterReload } from "./reload.js";
import type { RunStore } from "./runStore.js";

/** How long a trainer of the window before may take for its last checkpoint, and how often we look, in milliseconds. */
const PATIENCE = 15_000;
const INTERVAL = 200;

/** Goes on with what the reload of the window interrupted; what ended longer ago is offered. */
export async function resumeAfterReload(
  store: RunStore,
  directories: readonly string[],
  automatic: boolean,
  reporter: Reporter,
): Promise<void> {
  await Promise.all(directories.map((directory) => resumeOne(store, directory, automatic).catch((error: unknown) => reporter.show(error))));
}

async function resumeOne(store: RunStore, directory: string, automatic: boolean): Promise<void> {
  const run = await store.find(directory);
  if (!run) return;
  const decision = await decide(run);
  if (decision === "resume" && automatic) await run.resume();
  else if (decision !== "leave") await offer(run);
}

async function decide(run: LiveRun): Promise<"resume" | "offer" | "leave"> {
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; ) {
    await run.refresh();
    if (run.live) return "leave";
    const decision = afterReload(run.record, new Date());
    if (decision !== "wait") return decision;
    await new Promise((resolve) => setTimeout(resolve, INTERVAL));
  }
  return "leave";
}

async function offer(run: LiveRun): Promise<void> {
  const resume = "Resume";
  const { record } = run;
  const said = `Training of ${networkName(record)} (run ${record.id}) ended with its window at step ${thousands(record.step)}.`;
  if ((await vscode.window.showInformationMessage(said, resume)) === resume) await run.resume();
}
