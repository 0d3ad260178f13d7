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

interface Resuming {
  readonly store: RunStore;
  /** Without being asked. */
  readonly automatic: boolean;
  readonly reporter: Reporter;
  readonly resumed: (run: LiveRun) => void;
}

/** Goes on with what the reload of the window interrupted; what ended longer ago is offered. */
export async function resumeAfterReload(resuming: Resuming, directories: readonly string[]): Promise<void> {
  await Promise.all(
    directories.map((directory) => resumeOne(resuming, directory).catch((error: unknown) => resuming.reporter.show(error))),
  );
}

async function resumeOne({ store, automatic, resumed }: Resuming, directory: string): Promise<void> {
  const run = await store.find(directory);
  if (!run) return;
  const decision = await decide(run);
  if (decision === "leave") return;
  if (decision === "resume" && automatic) await run.resume();
  else if (!(await offered(run))) return;
  resumed(run);
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

/** Asks; answers whether the run goes on. */
async function offered(run: LiveRun): Promise<boolean> {
  const resume = "Resume";
  const { record } = run;
  const said = `Training of ${networkName(record)} (run ${record.id}) ended with its window at step ${thousands(record.step)}.`;
  if ((await vscode.window.showInformationMessage(said, resume)) !== resume) return false;
  await run.resume();
  return true;
}
