import * as vscode from "vscode";
import { UserError } from "../../base/userError.js";
import { isUnderWay } from "../../run/record.js";
import { isRunNode } from "../tree/items.js";
import { networkName, runDescription } from "./describeRun.js";
import type { LiveRun } from "./liveRun.js";
import type { RunStore } from "./runStore.js";

/** The run a command is about: the one it was called on, the only one it can be about, else one the user picks. */
export async function runFor(
  argument: unknown,
  store: RunStore,
  title: string,
  accepts: (run: LiveRun) => boolean = () => true,
): Promise<LiveRun | undefined> {
  if (isRunNode(argument)) return store.find(argument.run.runDirectory);
  if (typeof argument === "string") return store.find(argument);
  const candidates = (await store.all()).filter(accepts);
  const [only] = candidates;
  if (!only) throw new UserError(`${title}: there is no such run now.`);
  return candidates.length === 1 ? only : pickRun(candidates, title);
}

async function pickRun(runs: readonly LiveRun[], title: string): Promise<LiveRun | undefined> {
  const newestFirst = [...runs].sort((a, b) => b.record.created.localeCompare(a.record.created));
  const items = newestFirst.map((run) => ({
    label: networkName(run.record),
    description: [run.record.id && `run ${run.record.id}`, runDescription(run, new Date())].filter(Boolean).join(", "),
    run,
  }));
  return (await vscode.window.showQuickPick(items, { title, placeHolder: "Which run", matchOnDescription: true }))?.run;
}

/** Moves a run's folder to the trash, after asking; false: it stays. */
export async function deleteRun(run: LiveRun, store: RunStore): Promise<boolean> {
  const { record, runDirectory } = run;
  if (run.live) throw new UserError(`Run ${record.id} is being trained; stop it before it is deleted.`);
  if (isUnderWay(record.state))
    throw new UserError(`Run ${record.id} is being trained by another process; stop that before it is deleted.`);
  const button = `Delete run ${record.id}`;
  const about = `Run ${record.id} of ${networkName(record)} (${runDescription(run, new Date())})`;
  const asked = { modal: true, detail: "Its curves, weights and checkpoints go to the trash." };
  if ((await vscode.window.showWarningMessage(`${about} will be deleted.`, asked, button)) !== button) return false;
  const folder = vscode.Uri.file(runDirectory);
  try {
    await vscode.workspace.fs.delete(folder, { recursive: true, useTrash: true });
  } catch {
    const forGood = `${button} for good`;
    const warned = { modal: true, detail: "There is no trash on this machine, so it cannot be brought back." };
    if ((await vscode.window.showWarningMessage(`${about} cannot be moved to a trash.`, warned, forGood)) !== forGood) return false;
    await vscode.workspace.fs.delete(folder, { recursive: true });
  }
  store.forget(run);
  return true;
}
