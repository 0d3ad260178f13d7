import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RunStore } from "../../../src/host/training/runStore.js";
import type { RunRecord } from "../../../src/run/record.js";
import { FakeTrainer } from "./fakeTrainer.js";
import { sampleRecord } from "./sampleRun.js";

let root: string;
let runs: string;
let store: RunStore;
let trainers: FakeTrainer[];

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), "run-store-"));
  runs = path.join(root, ".cnn", "runs");
  trainers = [];
  store = new RunStore(
    () => [runs, path.join(root, "none")],
    () => {
      const [next] = trainers.splice(0, 1);
      if (!next) throw new Error("no more trainers");
      return next;
    },
  );
});
afterEach(async () => {
  store.dispose();
  await rm(root, { recursive: true, force: true });
});

const folderOf = (id: string) => path.join(runs, id);

async function onDisk(id: string, record: Partial<RunRecord> = {}): Promise<void> {
  await mkdir(folderOf(id), { recursive: true });
  await writeFile(path.join(folderOf(id), "run.json"), JSON.stringify(sampleRecord({ id, state: "finished", ...record })));
}

const ids = async () => (await store.all()).map((run) => run.record.id).sort();

describe("RunStore", () => {
  it("lists what the folders hold, and a run whose process is gone as killed", async () => {
    await onDisk("000001");
    await onDisk("000002", { state: "running", pid: 2 ** 30 });
    expect(await ids()).toEqual(["000001", "000002"]);
    expect((await store.find(folderOf("000002")))?.record.state).toBe("killed");
    expect(store.live).toEqual([]);
  });

  it("hears of runs that come, change and go, also where no run was before", async () => {
    expect(await ids()).toEqual([]);
    await onDisk("000001");
    await vi.waitFor(async () => expect(await ids()).toEqual(["000001"]), 20_000);
    const run = await store.find(folderOf("000001"));
    await onDisk("000001", { updated: "2026-03-01T13:00:00Z", message: "renewed" });
    await onDisk("000002");
    await vi.waitFor(async () => expect(await ids()).toEqual(["000001", "000002"]), 20_000);
    await vi.waitFor(() => expect(run?.record.message).toBe("renewed"), 20_000);
    await rm(folderOf("000002"), { recursive: true });
    await vi.waitFor(async () => expect(await ids()).toEqual(["000001"]), 20_000);
    expect(await store.find(folderOf("000001"))).toBe(run);
  });

  it("knows the file of a network by where its runs lie", async () => {
    await onDisk("000001");
    const run = await store.find(folderOf("000001"));
    expect(run?.networkFile).toBe(path.join(root, "nets", "lenet5.cnn.json"));
    expect(store.create(sampleRecord(), runs).networkFile).toBe(run?.networkFile);
  });

  it("has one object for a run from its start on", async () => {
    expect(await ids()).toEqual([]);
    const trainer = new FakeTrainer(async () => {
      await onDisk("4f2a91", { state: "starting" });
      await new Promise((resolve) => setTimeout(resolve, 400));
      return { record: sampleRecord(), runDirectory: folderOf("4f2a91"), layers: [], classes: [] };
    });
    trainers.push(trainer);
    const run = store.create(sampleRecord({ id: "", state: "starting" }), runs);
    expect(store.known).toEqual([]);
    const begun = run.begin({ task: "train", source: "{}", file: "a", runsDirectory: runs, overrides: {} }, false);
    expect(store.known).toEqual([run]);
    await begun;
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await store.all()).toEqual([run]);
    expect(store.live).toEqual([run]);
    await store.shutdown(1000);
    expect(trainer.asked).toContain("stop");
    expect(store.live).toEqual([]);
    await vi.waitFor(() => expect(store.lastEnded).toBe(run), 20_000);
  });
});
