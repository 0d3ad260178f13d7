import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/base/userError.js";
import { defaultEnginesDirectory } from "../../src/engine/install/location.js";
import { readRun } from "../../src/runs/readRun.js";
import { toyNetwork } from "../fixtures/toySet.js";
import { isAlive, TRAINER, useWorkspace } from "./harness.js";

const workspace = useWorkspace();
const isRoot = process.getuid?.() === 0;

async function failure(promise: Promise<unknown>): Promise<UserError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw new Error(`A UserError was expected, not ${String(error)}`);
  return error;
}

describe("what cannot begin", () => {
  it("names the line of a network's error, and leaves nothing behind", async () => {
    const { current } = workspace;
    const run = current.trainText(toyNetwork().replace('"units": 4', '"units": 5'));
    const error = await failure(run.ready);
    const line = toyNetwork().slice(0, toyNetwork().indexOf('"type": "dense"')).split("\n").length - 1;
    expect(error.message).toBe(
      `toy.cnn.json, line ${line}: The last layer dense_1 has 5 outputs, but the data has 4 classes; use 4 units there.`,
    );
    expect(error.code).toBe("networkInvalid");
    expect(existsSync(path.join(current.folder, ".cnn"))).toBe(false);
    const broken = await failure(current.trainText(toyNetwork().replace('"units"', '"unitz"')).ready);
    expect(broken.message).toMatch(/^toy\.cnn\.json, line \d+: /);
    await run.exit;
    expect(isAlive(run.pid)).toBe(false);
  });

  it("says why the process itself did not start", async () => {
    const { current } = workspace;
    const run = current.train({}, {}, path.join(current.folder, "no-trainer.js"));
    expect((await failure(run.ready)).message).toMatch(
      /^The trainer ended before its first step \(exit code 1\)\. It said: Error: Cannot find module/,
    );
    expect((await run.exit).record).toBeUndefined();
  });

  it("names data that are missing", async () => {
    const error = await failure(workspace.current.train({ data: "idx:nowhere" }).ready);
    expect(error.code).toBe("dataMissing");
    expect(error.message).toContain("nowhere");
  });

  it("names a folder that cannot be written", async () => {
    const { current } = workspace;
    writeFileSync(path.join(current.folder, "file"), "");
    const inFile = await failure(current.trainText(toyNetwork(), {}, path.join(current.folder, "file", "runs")).ready);
    expect(inFile.code).toBe("storage");
    expect(inFile.message).toContain(path.join(current.folder, "file", "runs"));
  });

  it.skipIf(isRoot || process.platform === "win32")("names a folder without permission", async () => {
    const { current } = workspace;
    const closed = path.join(current.folder, "closed");
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    expect((await failure(current.trainText(toyNetwork(), {}, path.join(closed, "runs")).ready)).message).toContain("permissions");
  });
});

describe("a disk", () => {
  /** A disk of 120 KiB, where the machine lets one be mounted. */
  function mountSmallDisk(folder: string): boolean {
    mkdirSync(folder);
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=120k", "tmpfs", folder], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  }

  it("that is full ends the training with a sentence", async (context) => {
    const { current } = workspace;
    const disk = path.join(current.folder, "disk");
    if (!mountSmallDisk(disk)) context.skip("no disk can be mounted here");
    try {
      const run = current.trainText(toyNetwork({ epochs: 1000 }), {}, path.join(disk, "runs"));
      const { record } = await run.exit;
      expect(record?.state).toBe("failed");
      expect(record?.message).toMatch(/^The disk is full: .* could not be written\. Free some space\.$/);
      expect(isAlive(run.pid)).toBe(false);
    } finally {
      execFileSync("umount", [disk]);
    }
  });
});

describe("no process is left", () => {
  it("when its owner lets go of it: there is a checkpoint", async () => {
    const run = workspace.current.train({ epochs: 1000 });
    const { runDirectory } = await run.ready;
    await run.reached(5);
    run.trainer.dispose();
    await expect.poll(() => isAlive(run.pid), { timeout: 20_000 }).toBe(false);
    const record = await readRun(runDirectory);
    expect(record.state).toBe("stopped");
    expect(record.checkpoint).toBeGreaterThanOrEqual(5);
  });

  it("when it is let go of before the first step", async () => {
    const run = workspace.current.train();
    run.trainer.dispose();
    await expect(run.ready).rejects.toThrow("closed");
    await expect.poll(() => isAlive(run.pid), { timeout: 20_000 }).toBe(false);
  });

  it("when the process that started it is killed", async () => {
    const { current } = workspace;
    const parent = startFromAnotherProcess(current.folder, current.runs);
    const pid = await new Promise<number>((resolve) => parent.stdout?.once("data", (text) => resolve(Number.parseInt(String(text), 10))));
    expect(isAlive(pid)).toBe(true);
    parent.kill("SIGKILL");
    await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
  });

  it("after a stop that comes before the first step", async () => {
    const run = workspace.current.train();
    await run.trainer.stop();
    await expect(run.ready).rejects.toThrow();
    expect(isAlive(run.pid)).toBe(false);
  });
});

/** A process that starts a trainer and prints its number, a line for each message with metrics. */
function startFromAnotherProcess(folder: string, runsDirectory: string): ChildProcess {
  const task = { task: "train", source: toyNetwork({ epochs: 1000 }), file: "toy.cnn.json", runsDirectory, overrides: {} };
  const settings = {
    engine: "wasm",
    enginesDirectory: defaultEnginesDirectory(),
    cacheDirectory: path.join(folder, "cache"),
    searchDirectories: [folder],
    allowDownload: false,
  };
  const script = `
    const child = require("node:child_process").fork(${JSON.stringify(TRAINER)}, [], { serialization: "advanced" });
    child.on("message", ({ type, name }) => type === "notification" && name === "metrics" && console.log(child.pid));
    child.send(${JSON.stringify({ type: "request", id: 1, name: "init", params: { task, settings } })});
  `;
  return spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
}
