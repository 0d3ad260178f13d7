import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { tensorflowDirectory } from "./executors.js";
import { median } from "./measure.js";
import { mnistFolder } from "./mnist.js";

const TIMES = 5;

/** Seconds from the command `cnn train` to the first numbers of a step, warm: files cached, everything built. */
export async function start(): Promise<void> {
  const folder = mnistFolder();
  if (!folder) return console.log("skipped: MNIST's files are not here (CNN_LAB_DATA)");
  const engines = (await tensorflowDirectory()) ? ["tensorflow", "wasm"] : ["wasm"];
  for (const engine of engines) {
    const seconds: number[] = [];
    for (let i = 0; i <= TIMES; i++) seconds.push(await toFirstStep(engine, folder));
    console.log(`first point on the curve, ${engine.padEnd(11)} ${median(seconds.slice(1)).toFixed(2)} s (median of ${TIMES})`);
  }
}

function toFirstStep(engine: string, data: string): Promise<number> {
  const runs = mkdtempSync(path.join(os.tmpdir(), "cnn-bench-"));
  const began = performance.now();
  const args = ["dist/cli.js", "train", "examples/lenet5.cnn.json", "--json", "--engine", engine, "--data-folder", data, "--runs", runs];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise<number>((resolve, reject) => {
    let text = "";
    let first: number | undefined;
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      if (first !== undefined || !text.includes('"kind":"steps"')) return;
      first = (performance.now() - began) / 1000;
      child.kill("SIGINT");
    });
    child.once("close", () => (first === undefined ? reject(new Error(`no step: ${text.trim().split("\n").at(-1)}`)) : resolve(first)));
  }).finally(() => rmSync(runs, { recursive: true, force: true }));
}
