import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { UserError } from "../../../src/base/userError.js";
import { LiveRun } from "../../../src/host/training/liveRun.js";
import type { TrainerReady, TrainerTask } from "../../../src/protocol/trainer.js";
import type { RunRecord } from "../../../src/run/record.js";
import { FakeTrainer } from "./fakeTrainer.js";
import { SAMPLE_METRICS, sampleRecord, withoutCheckpoint } from "./sampleRun.js";

const TASK = { task: "train", source: "{}", file: "lenet5.cnn.json", runsDirectory: "/ws/.cnn/runs", overrides: {} } as const;
const LAYER = { name: "dense", type: "dense", summary: "10", output: [10], parameters: 110, multiplyAdds: 100, kernelShape: [10, 10] };

let folder: string;
let tasks: TrainerTask[];
beforeEach(async () => {
  tasks = [];
  folder = await mkdtemp(path.join(os.tmpdir(), "live-run-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const newRun = (...trainers: readonly FakeTrainer[]) => {
  const left = [...trainers];
  const provisional = { ...withoutCheckpoint(sampleRecord()), id: "", state: "starting", step: 0 } as const;
  return new LiveRun({ record: provisional, runsDirectory: "/ws/.cnn/runs", runDirectory: "" }, (task) => {
    tasks.push(task);
    const next = left.shift();
    if (!next) throw new Error("no more trainers");
    return next;
  });
};

const ready = (record: Partial<RunRecord> = {}): TrainerReady => ({
  record: sampleRecord(record),
  runDirectory: folder,
  layers: [LAYER],
  classes: [],
});

describe("a new run", () => {
  it("tells what its trainer loads, then takes over what that knows", async () => {
    const trainer = new FakeTrainer(async () => {
      trainer.progress.fire({ message: "Loading mnist" });
      await new Promise((resolve) => setTimeout(resolve, 5));
      return ready();
    });
    const run = newRun(trainer);
    const seen: (string | undefined)[] = [];
    run.onDidChange(() => seen.push(run.progress?.message));
    const begun = run.begin(TASK, false);
    expect([run.live, run.record.state]).toEqual([true, "starting"]);
    await begun;
    expect(seen).toEqual(["Starting the trainer", "Loading mnist", undefined]);
    expect([run.record.id, run.runDirectory, run.layers]).toEqual(["4f2a91", folder, [LAYER]]);
  });

  it("passes metrics, records and weights on, and sends wishes for kernels when the trainer can hear them", async () => {
    const trainer = new FakeTrainer(async () => ready());
    const run = newRun(trainer);
    run.watch(["dense"], 10);
    await run.begin(TASK, false);
    const weights: number[] = [];
    run.onDidReceiveWeights(({ step }) => weights.push(step));
    for (const line of SAMPLE_METRICS) trainer.metrics.fire(line);
    trainer.weightNews.fire({ layer: "dense", step: 7, kernelShape: [1], kernel: Float32Array.of(1) });
    trainer.records.fire(sampleRecord({ state: "paused" }));
    await vi.waitFor(() => expect(run.record.state).toBe("paused"), 20_000);
    expect(run.metrics).toEqual(SAMPLE_METRICS);
    expect(weights).toEqual([7]);
    expect(trainer.asked).toEqual(["watch dense 10"]);
    await run.resume();
    expect(trainer.asked.at(-1)).toBe("continue");
  });

  it("says why it could not start, and can be begun again", async () => {
    const failing = new FakeTrainer(async () => {
      throw new UserError("mnist is not here.", "dataMissing");
    });
    const run = newRun(failing, new FakeTrainer(async () => ready()));
    await expect(run.begin(TASK, false)).rejects.toMatchObject({ message: "mnist is not here.", code: "dataMissing" });
    expect([run.live, run.record.state, run.record.message, failing.disposed]).toEqual([false, "failed", "mnist is not here.", true]);
    await run.begin(TASK, true);
    expect([run.live, run.record.state, run.record.message]).toEqual([true, "running", undefined]);
  });

  it("fails when its trainer dies before it is ready", async () => {
    const trainer = new FakeTrainer(() => new Promise(() => undefined));
    const run = newRun(trainer);
    const begun = run.begin(TASK, false);
    trainer.exit(undefined, "The trainer ended (signal 9).");
    await expect(begun).rejects.toThrow("The trainer ended (signal 9).");
    expect(run.live).toBe(false);
    expect(run.record.message).toBe("The trainer ended (signal 9).");
  });
});

describe("a run whose trainer is gone", () => {
  it("is marked killed with the reason, and refuses to be paused", async () => {
    const trainer = new FakeTrainer(async () => ready());
    const run = newRun(trainer);
    await run.begin(TASK, false);
    trainer.exit(sampleRecord({ state: "killed", step: 3012 }), "The trainer ended (signal 9).");
    await vi.waitFor(() => expect(run.record.state).toBe("killed"), 20_000);
    expect(run.record.message).toBe("The trainer ended (signal 9).");
    expect(() => run.pause()).toThrow("Run 4f2a91 is not being trained now; resume it first.");
  });

  it("keeps how the trainer said it ended", async () => {
    const trainer = new FakeTrainer(async () => ready());
    const run = newRun(trainer);
    await run.begin(TASK, false);
    trainer.records.fire(sampleRecord({ state: "finished" }));
    await vi.waitFor(() => expect(run.record.state).toBe("finished"), 20_000);
    trainer.exit(sampleRecord({ state: "finished" }), "Run 4f2a91 has finished.");
    expect([run.live, run.record.state, run.record.message]).toEqual([false, "finished", undefined]);
  });

  it("goes on in the same object", async () => {
    const first = new FakeTrainer(async () => ready());
    const second = new FakeTrainer(async () => ready());
    const run = newRun(first, second);
    await run.begin(TASK, false);
    for (const line of SAMPLE_METRICS) first.metrics.fire(line);
    await vi.waitFor(() => expect(run.metrics).toHaveLength(2), 20_000);
    first.exit(sampleRecord({ state: "killed" }), "The trainer ended (signal 9).");
    await vi.waitFor(() => expect(run.record.state).toBe("killed"), 20_000);
    await run.resume(0.00025);
    expect(tasks.at(-1)).toEqual({ task: "resume", runDirectory: folder, learningRate: 0.00025 });
    expect(run.live).toBe(true);
    for (const line of SAMPLE_METRICS.slice(1)) second.metrics.fire(line);
    await vi.waitFor(() => expect(run.metrics).toEqual([...SAMPLE_METRICS, SAMPLE_METRICS[1]]), 20_000);
  });
});
