import { readFileSync } from "node:fs";
import path from "node:path";
import type { Workbench } from "../harness/src/index.mjs";
import { runsOf } from "../vscode/training.js";
import { median } from "./measure.js";
import { sleep, whileTraining } from "./workbench.js";

const PAIRS = 7;
const PHASE_MS = 6_000;
/** Until a panel that was opened or closed is no longer busy with that. */
const SETTLE_MS = 2_000;
/** /proc counts CPU time in these; Linux gives programs 100 a second everywhere. */
const TICK_MS = 10;

/** CPU time of a training step in the trainer with its panel open beside that without, in turns during one training. */
export async function panels(): Promise<void> {
  if (process.platform !== "linux") return console.log("skipped: CPU times of other processes are read from /proc, which is Linux'");
  await whileTraining(async ({ workbench, engine, pid }) => {
    const open: number[] = [];
    const closed: number[] = [];
    for (let i = 0; i < PAIRS; i++) {
      await workbench.evaluate((vscode) => vscode.commands.executeCommand("cnnLab.showTraining"));
      open.push(await cpuOfStep(workbench, pid));
      await workbench.evaluate((vscode) => vscode.commands.executeCommand("workbench.action.closeAllEditors"));
      closed.push(await cpuOfStep(workbench, pid));
    }
    const more = median(open.map((each, i) => 100 * (each / (closed[i] ?? Number.NaN) - 1)));
    console.log(
      `trainer on ${engine}: ${median(open).toFixed(2)} ms of CPU a step with its panel open, ${median(closed).toFixed(2)} ms without: ${more.toFixed(1)} % more (median of ${PAIRS} pairs)`,
    );
  });
}

async function cpuOfStep(workbench: Workbench, pid: number): Promise<number> {
  await sleep(SETTLE_MS);
  const before = { cpu: cpuOf(pid), steps: stepsOf(workbench) };
  await sleep(PHASE_MS);
  return (cpuOf(pid) - before.cpu) / (stepsOf(workbench) - before.steps);
}

/** CPU time of all threads of a process so far, in milliseconds (proc(5): utime and stime, fields 14 and 15). */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return TICK_MS * (Number(fields[11]) + Number(fields[12]));
}

/** Steps that the newest run has noted. */
function stepsOf(workbench: Workbench): number {
  const [run] = runsOf(workbench);
  const text = run ? readFileSync(path.join(run.folder, "metrics.jsonl"), "utf8") : "";
  const last = text
    .split("\n")
    .filter((line) => line.includes('"kind":"steps"') && line.endsWith("}"))
    .at(-1);
  const { first, loss } = JSON.parse(last ?? '{"first":1,"loss":[]}') as { readonly first: number; readonly loss: readonly number[] };
  return first + loss.length - 1;
}
