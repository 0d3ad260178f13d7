import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../../../src/base/userError.js";
import { startOfTraining } from "../../../src/run/progress.js";
import type { RunRecord } from "../../../src/run/record.js";
import { writeAtomically } from "../../../src/runs/atomicFile.js";
import { readNewestCheckpoint, writeCheckpoint } from "../../../src/runs/checkpoints.js";
import { MetricsFile, readMetrics } from "../../../src/runs/metricsFile.js";
import { listRuns, readRun, readWeights } from "../../../src/runs/readRun.js";
import { createRunFolder, runFiles } from "../../../src/runs/runFolder.js";
import { snapshotSteps, tooMany, writeSnapshot } from "../../../src/runs/snapshots.js";
import { storageError } from "../../../src/runs/storageError.js";
import { decodeTensors, encodeTensors } from "../../../src/runs/tensorFile.js";
import { TrainerLock, trainerOf } from "../../../src/runs/trainerLock.js";

let root: string;
let runs: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "cnn-runs-"));
  runs = path.join(root, ".cnn", "runs");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const variables = new Map([
  ["conv2d_1/kernel", Float32Array.of(1, -2.5, 3e-40)],
  ["empty", new Float32Array(0)],
  ["slots/ä", Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY)],
]);
const at = (step: number) => ({ progress: { ...startOfTraining(1), step }, variables });

function record(id: string, state: RunRecord["state"], created = "2026-01-01T00:00:00.000Z"): RunRecord {
  return {
    format: 1,
    id,
    network: { file: "a.cnn.json", source: "{}", hash: "00" },
    data: { name: "toy", hash: "00", train: 1, validation: 0, test: 1 },
    training: {
      data: "toy",
      epochs: 1,
      batchSize: 1,
      validationSplit: 0,
      optimizer: { type: "sgd", learningRate: 0.1, momentum: 0, nesterov: false, weightDecay: 0 },
      schedule: { type: "constant" },
      loss: "categoricalCrossentropy",
      metrics: ["accuracy"],
      l2: 0,
      seed: 1,
    },
    engine: { name: "wasm", version: "1", threads: 1, features: [] },
    created,
    updated: created,
    state,
    pid: process.pid,
    step: 3,
    stepsPerEpoch: 10,
    seconds: 1,
    events: [],
  };
}

describe("tensor files", () => {
  const file = encodeTensors({ meta: { step: 7, note: "größer" }, tensors: variables });

  it("come back as they were, bit for bit", () => {
    expect(decodeTensors(file)).toEqual({ meta: { step: 7, note: "größer" }, tensors: variables });
  });

  it("are laid out as documented", () => {
    const bytes = Buffer.from(file);
    expect(bytes.toString("latin1", 0, 8)).toBe("CNNLAB\x00\x01");
    const header = bytes.readUInt32LE(8);
    expect(header % 4).toBe(0);
    expect(bytes.readFloatLE(12 + header + 4)).toBe(-2.5);
    expect(bytes.length).toBe(12 + header + 5 * 4 + 32);
  });

  it("are refused when torn anywhere or damaged in any byte", () => {
    for (let length = 0; length < file.length; length += 7) expect(decodeTensors(file.slice(0, length))).toBeUndefined();
    for (let i = 0; i < file.length; i += 5) {
      const damaged = file.slice();
      damaged[i] = (damaged[i] ?? 0) ^ 4;
      expect(decodeTensors(damaged), `byte ${i}`).toBeUndefined();
    }
  });
});

describe("checkpoints", () => {
  it("keep the latest two, and fall back to the older one when the newer is torn", async () => {
    const { folder } = await createRunFolder(runs);
    for (const step of [10, 20, 30]) await writeCheckpoint(folder, at(step));
    expect((await readNewestCheckpoint(folder))?.progress.step).toBe(30);
    truncateSync(path.join(runFiles(folder).checkpoints, "0000000030.checkpoint"), 100);
    const newest = await readNewestCheckpoint(folder);
    expect(newest?.progress).toEqual(at(20).progress);
    expect(newest?.variables).toEqual(variables);
    expect(existsSync(path.join(runFiles(folder).checkpoints, "0000000010.checkpoint"))).toBe(false);
  });

  it("written after going back remove those of the future", async () => {
    const { folder } = await createRunFolder(runs);
    for (const step of [10, 20, 15]) await writeCheckpoint(folder, at(step));
    expect((await readNewestCheckpoint(folder))?.progress.step).toBe(15);
  });
});

describe("snapshots", () => {
  it("are thinned evenly, and never the kept ones", () => {
    expect(tooMany([10, 20, 30, 40, 50], 5, [])).toEqual([]);
    const removed = tooMany([10, 20, 30, 40, 50, 60, 70, 80], 4, [30, 80]);
    expect(removed).toHaveLength(4);
    const left = [10, 20, 30, 40, 50, 60, 70, 80].filter((step) => !removed.includes(step));
    expect(left).toEqual(expect.arrayContaining([30, 80]));
    expect(Math.max(...left.map((step, i) => step - (left[i - 1] ?? 0)))).toBeLessThanOrEqual(40);
    expect(tooMany([10, 20], 0, [10, 20])).toEqual([]);
  });

  it("stay within the budget on disk", async () => {
    const { folder } = await createRunFolder(runs);
    const weights = new Map([["w", new Float32Array(1000)]]);
    for (let epoch = 1; epoch <= 9; epoch++) await writeSnapshot(folder, { step: epoch * 5, epoch, weights }, [10], 4 * 4200);
    const steps = await snapshotSteps(folder);
    expect(steps).toHaveLength(4);
    expect(steps).toEqual(expect.arrayContaining([10, 45]));
  });
});

describe("metrics", () => {
  const line = (first: number) => ({ kind: "steps" as const, first, loss: [0.5], rate: [0.1], time: [first] });

  it("are appended, cut at a checkpoint, and read without a torn last line", async () => {
    const { folder } = await createRunFolder(runs);
    const file = new MetricsFile(folder, 0);
    file.append(line(1));
    const { bytes } = file;
    file.append(line(2));
    file.sync();
    file.close();
    writeFileSync(runFiles(folder).metrics, '{"kind":"steps","fir', { flag: "a" });
    expect(await readMetrics(folder)).toEqual([line(1), line(2)]);
    const again = new MetricsFile(folder, bytes);
    again.append(line(9));
    again.close();
    expect(await readMetrics(folder)).toEqual([line(1), line(9)]);
  });

  it("are none for a run that has not begun", async () => {
    expect(await readMetrics(root)).toEqual([]);
  });
});

describe("run folders", () => {
  it("have distinct ids, and git ignores them", async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => createRunFolder(runs)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(20);
    for (const { id, folder } of made) expect(path.join(runs, id)).toBe(folder);
    expect(readFileSync(path.join(root, ".cnn", ".gitignore"), "utf8")).toBe("*\n");
  });

  it("leave other folders' version control alone", async () => {
    await createRunFolder(path.join(root, "storage", "runs"));
    expect(existsSync(path.join(root, "storage", ".gitignore"))).toBe(false);
  });

  it("say what is wrong where they cannot be made", async () => {
    writeFileSync(path.join(root, "file"), "");
    const failure = await createRunFolder(path.join(root, "file", "runs")).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect(failure).toHaveProperty("code", "storage");
  });

  it("name disk, permissions and read-only disks", () => {
    const sentence = (code: string) => (storageError("/runs", Object.assign(new Error(), { code })) as Error).message;
    expect(sentence("ENOSPC")).toBe("The disk is full: /runs could not be written. Free some space.");
    expect(sentence("EACCES")).toContain("permissions");
    expect(sentence("EROFS")).toContain("read-only");
    const unknown = new TypeError("x");
    expect(storageError("/runs", unknown)).toBe(unknown);
  });

  it("keep the old file when a new one cannot be written", async () => {
    const file = path.join(root, "run.json");
    await writeAtomically(file, "old");
    mkdirSync(`${file}.${process.pid}.tmp`);
    await expect(writeAtomically(file, "new")).rejects.toThrow();
    expect(readFileSync(file, "utf8")).toBe("old");
  });
});

describe("reading runs", () => {
  const write = (folder: string, content: RunRecord) => writeFileSync(runFiles(folder).record, JSON.stringify(content));

  it("tells a run under way from a killed one by its trainer's lock", async () => {
    const { id, folder } = await createRunFolder(runs);
    write(folder, record(id, "running"));
    expect((await readRun(folder)).state).toBe("killed");
    expect(await readRun(folder)).not.toHaveProperty("pid");
    const lock = await TrainerLock.take(folder);
    expect((await readRun(folder)).state).toBe("running");
    await expect(TrainerLock.take(folder)).rejects.toThrow(`by process ${process.pid}`);
    await lock.release();
    expect((await readRun(folder)).state).toBe("killed");
    write(folder, record(id, "finished"));
    expect((await readRun(folder)).state).toBe("finished");
  });

  it("takes a lock for gone when its process is, or its heartbeat is old", async () => {
    const { folder } = await createRunFolder(runs);
    const file = path.join(folder, "trainer.lock");
    writeFileSync(file, JSON.stringify({ pid: 2 ** 22 + 1, host: hostname() }));
    expect(await trainerOf(folder)).toBeUndefined();
    writeFileSync(file, JSON.stringify({ pid: process.pid, host: hostname() }));
    expect(await trainerOf(folder)).toEqual({ pid: process.pid });
    utimesSync(file, 0, 0);
    expect(await trainerOf(folder)).toBeUndefined();
  });

  it("lists runs, the newest first, without those that cannot be read", async () => {
    const [first, second, broken] = [await createRunFolder(runs), await createRunFolder(runs), await createRunFolder(runs)];
    write(first.folder, record(first.id, "finished", "2026-01-01T00:00:00.000Z"));
    write(second.folder, record(second.id, "finished", "2026-01-02T00:00:00.000Z"));
    writeFileSync(runFiles(broken.folder).record, "{");
    expect((await listRuns(runs)).map((run) => run.record.id)).toEqual([second.id, first.id]);
    expect(await listRuns(path.join(root, "none"))).toEqual([]);
    await expect(readRun(broken.folder)).rejects.toThrow("is not JSON");
    await expect(readRun(root)).rejects.toThrow("There is no run at");
  });

  it("finds the newest and the best weights", async () => {
    const { id, folder } = await createRunFolder(runs);
    write(folder, record(id, "stopped"));
    await expect(readWeights(folder, "newest")).rejects.toThrow("no checkpoint");
    await expect(readWeights(folder, "best")).rejects.toThrow("no best weights yet");
    await writeSnapshot(folder, { step: 10, epoch: 1, weights: variables }, []);
    await writeCheckpoint(folder, at(14));
    expect((await readWeights(folder, "newest")).step).toBe(14);
    write(folder, { ...record(id, "stopped"), best: { epoch: 1, step: 10, validation: { loss: 1 } } });
    expect(await readWeights(folder, "best")).toEqual({ step: 10, variables });
    await expect(readWeights(folder, 99)).rejects.toThrow("step 99");
  });
});
