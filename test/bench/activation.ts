import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Workbench } from "../harness/src/index.mjs";
import { median } from "./measure.js";
import { openWorkbench, sleep } from "./workbench.js";

const TIMES = 5;
const SETTLE_MS = 3_000;
const EXTENSION = "cnn-lab.cnn-lab";

/** Milliseconds that a real VS Code takes to load and activate the extension as it is packed, each time in a new window. */
export async function activation(): Promise<void> {
  const workspace = mkdtempSync(path.join(os.tmpdir(), "cnn-bench-")); // Without networks, which would activate it too early to see.
  const runs: Activation[] = [];
  try {
    for (let i = 0; i < TIMES; i++) {
      const workbench = await openWorkbench({ workspace });
      runs.push(await activate(workbench).finally(() => workbench.close()));
    }
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
  const middle = (of: keyof Activation) => `${median(runs.map((run) => run[of])).toFixed(0)} ms`;
  console.log(`activation in VS Code, loading included: ${middle("wall")}, ${middle("cpu")} of CPU (median of ${TIMES} windows)`);
  console.log(`one by one: ${runs.map(({ wall, cpu }) => `${wall.toFixed(0)} (${cpu.toFixed(0)})`).join(", ")} ms`);
}

/** Milliseconds. The CPU time is that of all the extension host, so an upper bound. */
interface Activation {
  readonly wall: number;
  readonly cpu: number;
}

/** Measured inside the extension host, once the window has come to rest. */
async function activate(workbench: Workbench): Promise<Activation> {
  await sleep(SETTLE_MS);
  return workbench.evaluate(async (vscode, id) => {
    const extension = vscode.extensions.getExtension(id);
    if (!extension || extension.isActive) throw new Error(`${id} is ${extension ? "active already" : "not there"}`);
    const [start, before] = [performance.now(), process.cpuUsage()];
    await extension.activate();
    const [wall, { user, system }] = [performance.now() - start, process.cpuUsage(before)];
    return { wall, cpu: (user + system) / 1000 };
  }, EXTENSION);
}
