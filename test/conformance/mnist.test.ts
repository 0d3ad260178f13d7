import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { RunRecord } from "../../src/run/record.js";
import { execute } from "../bench/measure.js";
import { mnistFolder } from "../bench/mnist.js";
import { tensorflowInstalled } from "../vscode/engines.js";

const folder = mnistFolder();

/** Trains the example on the real MNIST for one epoch with the built command; answers the accuracy on its 10,000 test images. */
async function accuracyAfterOneEpoch(engine: string, data: string): Promise<number> {
  const runs = mkdtempSync(path.join(os.tmpdir(), "cnn-mnist-"));
  try {
    const args = ["dist/cli.js", "train", "examples/lenet5.cnn.json", "--epochs", "1", "--engine", engine];
    const { stdout, code } = await execute(process.execPath, [...args, "--json", "--data-folder", data, "--runs", runs]);
    expect(code, stdout.slice(-500)).toBe(0);
    const result = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Pick<RunRecord, "test">;
    return result.test?.accuracy ?? Number.NaN;
  } finally {
    rmSync(runs, { recursive: true, force: true });
  }
}

describe.skipIf(!folder)("LeNet-5 on MNIST", () => {
  it.for(["wasm", "tensorflow"])("reads 97 of 100 digits after one epoch on %s", async (engine, { skip }) => {
    if (engine === "tensorflow" && !(await tensorflowInstalled())) skip("the tensorflow engine is not installed");
    expect(await accuracyAfterOneEpoch(engine, folder ?? "")).toBeGreaterThan(0.97);
  });
});
