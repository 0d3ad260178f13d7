import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Workbench } from "../harness/src/index.mjs";
import { untilRun } from "../vscode/training.js";
import { tensorflowDirectory } from "./executors.js";
import { mnistFolder } from "./mnist.js";

type Harness = typeof import("../harness/src/index.mjs");
type Options = Omit<Parameters<Harness["openWorkbench"]>[0], "extensionDevelopmentPath">;

/** A real VS Code with the extension. The harness finds its files beside its own, so it is not bundled. */
export async function openWorkbench(options: Options): Promise<Workbench> {
  const file = pathToFileURL(path.resolve("test/harness/src/index.mjs")).href;
  const harness = (await import(file)) as Harness;
  return harness.openWorkbench({ extensionDevelopmentPath: path.resolve("."), ...options });
}

/** LeNet-5 that trains on MNIST in a real VS Code, its panel in sight. */
export interface TrainingWorkbench {
  readonly workbench: Workbench;
  readonly engine: string;
  /** The trainer process. */
  readonly pid: number;
}

/** Calls `work` while LeNet-5 trains. Does nothing, and says so, where MNIST's files are not here. */
export async function whileTraining(work: (training: TrainingWorkbench) => Promise<void>): Promise<void> {
  const data = mnistFolder();
  if (!data) return console.log("skipped: MNIST's files are not here (CNN_LAB_DATA)");
  const engine = (await tensorflowDirectory()) ? "tensorflow" : "wasm";
  const workspace = mkdtempSync(path.join(os.tmpdir(), "cnn-bench-"));
  const network = readFileSync("examples/lenet5.cnn.json", "utf8").replace(/"epochs": \d+/, '"epochs": 1000');
  writeFileSync(path.join(workspace, "lenet5.cnn.json"), network);
  const settings = { "cnnLab.engine": engine, "cnnLab.dataFolder": path.resolve(data) };
  const workbench = await openWorkbench({ workspace, settings });
  try {
    await workbench.openFile("lenet5.cnn.json");
    await workbench.command("CNN Lab: Train CNN");
    const { pid } = await untilRun(workbench, "the first step", ({ state, pid }) => state === "running" && pid !== undefined);
    await work({ workbench, engine, pid: pid ?? 0 });
    await workbench.evaluate((vscode) => vscode.commands.executeCommand("cnnLab.stop"));
  } finally {
    await workbench.close();
    rmSync(workspace, { recursive: true, force: true });
  }
}

export const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
