import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Workbench } from "../harness/src/index.mjs";
import { median } from "./measure.js";
import { openWorkbench } from "./workbench.js";

const TIMES = 5;
const EXTENSION = "cnn-lab.cnn-lab";

/** Milliseconds that a real VS Code takes to load and activate the extension as it is packed, each time in a new window. */
export async function activation(): Promise<void> {
  const workspace = mkdtempSync(path.join(os.tmpdir(), "cnn-bench-")); // Without networks, which would activate it too early to see.
  const milliseconds: number[] = [];
  try {
    for (let i = 0; i < TIMES; i++) {
      const workbench = await openWorkbench({ workspace });
      milliseconds.push(await activate(workbench).finally(() => workbench.close()));
    }
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
  const all = milliseconds.map((each) => each.toFixed(0)).join(", ");
  console.log(`activation in VS Code: ${median(milliseconds).toFixed(0)} ms (median of ${all}), loading included`);
}

/** Measured inside the extension host. */
function activate(workbench: Workbench): Promise<number> {
  return workbench.evaluate(async (vscode, id) => {
    const extension = vscode.extensions.getExtension(id);
    if (!extension || extension.isActive) throw new Error(`${id} is ${extension ? "active already" : "not there"}`);
    const start = performance.now();
    await extension.activate();
    return performance.now() - start;
  }, EXTENSION);
}
