import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { RunRecord } from "../../src/run/record.js";
import { tensorflowDirectory } from "./executors.js";
import { execute, median } from "./measure.js";
import { mnistFolder } from "./mnist.js";

interface Result {
  readonly accuracy: number;
  readonly seconds: number;
}

/** Test accuracy of the example on MNIST and the wall time of the whole command, with three seeds on tensorflow and one on wasm. */
export async function accuracy(): Promise<void> {
  const folder = mnistFolder();
  if (!folder) return console.log("skipped: MNIST's files are not here (CNN_LAB_DATA)");
  if (await tensorflowDirectory()) {
    const results: Result[] = [];
    for (const seed of [1, 2, 3]) results.push(await train(["--engine", "tensorflow", "--seed", String(seed)], folder));
    const [accuracies, seconds] = [results.map((result) => result.accuracy), results.map((result) => result.seconds)];
    console.log(`median of three seeds: ${percent(median(accuracies))} in ${median(seconds).toFixed(1)} s`);
  }
  await train(["--engine", "wasm", "--epochs", "3"], folder);
}

async function train(options: readonly string[], data: string): Promise<Result> {
  const runs = mkdtempSync(path.join(os.tmpdir(), "cnn-bench-"));
  const args = ["train", "examples/lenet5.cnn.json", ...options];
  const { stdout, stderr, code, seconds } = await execute(process.execPath, [
    "dist/cli.js",
    ...args,
    "--json",
    "--data-folder",
    data,
    "--runs",
    runs,
  ]);
  rmSync(runs, { recursive: true, force: true });
  const last = stdout.trim().split("\n").at(-1) ?? "";
  if (code !== 0) throw new Error(`cnn ${args.join(" ")} ended with ${code}: ${last || stderr}`);
  const result = JSON.parse(last) as Pick<RunRecord, "test" | "seconds">;
  const reached = result.test?.accuracy ?? Number.NaN;
  console.log(`cnn ${args.join(" ")}: ${percent(reached)} of the test images in ${seconds.toFixed(1)} s`);
  return { accuracy: reached, seconds };
}

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
