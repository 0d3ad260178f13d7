import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compileNetwork } from "../../../src/compile/compile.js";
import { initialValues } from "../../../src/compile/initialize.js";
import { splitTraining } from "../../../src/data/batches.js";
import type { Dataset } from "../../../src/data/dataset.js";
import { loadDataset } from "../../../src/data/load.js";
import { createReferenceExecutor } from "../../../src/engine/reference/executor.js";
import type { MetricsLine } from "../../../src/run/metrics.js";
import { startOfTraining } from "../../../src/run/progress.js";
import type { RunRecord } from "../../../src/run/record.js";
import { type Checkpoint, readNewestCheckpoint } from "../../../src/runs/checkpoints.js";
import { readMetrics } from "../../../src/runs/metricsFile.js";
import { readWeights } from "../../../src/runs/readRun.js";
import { createRunFolder, runFiles } from "../../../src/runs/runFolder.js";
import { Controls } from "../../../src/trainer/controls.js";
import { Journal } from "../../../src/trainer/journal.js";
import { TrainingLoop } from "../../../src/trainer/loop.js";
import { planTraining } from "../../../src/trainer/plan.js";
import { readSource } from "../../../src/trainer/source.js";
import { TOY_CLASSES, TOY_SIZE, writeToySet } from "../../fixtures/toySet.js";

let root: string;
let dataset: Dataset;
beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), "cnn-loop-"));
  writeToySet(path.join(root, "toy"), { train: 150, test: 20 });
  const options = { cacheDirectory: root, searchDirectories: [root], allowDownload: false };
  dataset = await loadDataset("idx:toy", options);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** 150 images, 10 % held out: 135 in batches of 32 are 5 steps an epoch, the last of 7 images. */
const STEPS = 5;

function networkText(training: object): string {
  const layers = [{ type: "flatten" }, { type: "dense", units: TOY_CLASSES, activation: "softmax" }];
  const config = { batchSize: 32, epochs: 3, optimizer: { type: "sgd", learningRate: 0.1 }, ...training };
  return JSON.stringify({ input: [TOY_SIZE, TOY_SIZE, 1], layers, training: config });
}

async function open(training: object = {}, resumeIn?: string) {
  const { network, shapes } = readSource(networkText(training), "toy.cnn.json", (own) => own);
  const compiled = compileNetwork(network, shapes, { inputShape: dataset.shape, classes: TOY_CLASSES });
  const plan = planTraining(network.training, dataset, splitTraining(dataset, network.training.validationSplit, 1));
  const executor = await createReferenceExecutor(compiled.program);
  const folder = resumeIn ?? (await createRunFolder(path.join(root, "runs"))).folder;
  const checkpoint = await readNewestCheckpoint(folder);
  const start: Checkpoint = checkpoint ?? { progress: startOfTraining(1), variables: initialValues(compiled, 1) };
  executor.write(start.variables);
  const lines: MetricsLine[] = [];
  const records: RunRecord[] = [];
  const listeners: ((line: MetricsLine) => void)[] = [(line) => lines.push(line)];
  const tell = (line: MetricsLine) => {
    for (const listener of listeners) listener(line);
  };
  const audience = { metrics: tell, record: (record: RunRecord) => void records.push(record) };
  const now = new Date().toISOString();
  const first: RunRecord = {
    format: 1,
    id: path.basename(folder),
    network: { file: "toy.cnn.json", source: "", hash: "" },
    data: { name: dataset.name, hash: dataset.hash, train: 135, validation: 15, test: 20 },
    training: network.training,
    engine: executor.engine,
    created: now,
    updated: now,
    state: "running",
    step: 0,
    stepsPerEpoch: plan.stepsPerEpoch,
    seconds: 0,
    events: [],
  };
  const journal = new Journal(folder, first, start.progress.metricsBytes, audience);
  const controls = new Controls();
  const steps: ((step: number) => void)[] = [];
  const onStep = (step: number) => {
    for (const listener of steps) listener(step);
  };
  const loop = new TrainingLoop({ executor, compiled, plan, journal, controls, start, onStep });
  return {
    loop,
    journal,
    controls,
    folder,
    lines,
    executor,
    record: () => journal.record,
    onStep: (f: (step: number) => void) => steps.push(f),
    onLine: (f: (line: MetricsLine) => void) => listeners.push(f),
  };
}

/** The numbers of all steps, and the scores of all epochs: everything but times. */
async function measured(folder: string, digits = 17) {
  const rounded = (_: string, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(digits)) : value);
  const lines = JSON.parse(JSON.stringify(await readMetrics(folder), rounded)) as MetricsLine[];
  return {
    loss: lines.flatMap((line) => (line.kind === "steps" ? line.loss : [])),
    rate: lines.flatMap((line) => (line.kind === "steps" ? line.rate : [])),
    epochs: lines.flatMap((line) => (line.kind === "epoch" ? [{ ...line, time: 0 }] : [])),
  };
}

describe("TrainingLoop", () => {
  it("trains, validates, keeps the best weights and tests them", async () => {
    const run = await open();
    await run.loop.run();
    const { loss, epochs } = await measured(run.folder);
    expect(loss).toHaveLength(3 * STEPS);
    expect(epochs.map(({ epoch, step }) => [epoch, step])).toEqual([
      [1, 5],
      [2, 10],
      [3, 15],
    ]);
    const record = run.record();
    expect(record).toMatchObject({ state: "finished", step: 15, checkpoint: 15 });
    expect(record.test?.accuracy).toBeGreaterThan(0.25);
    const best = epochs.find(({ epoch }) => epoch === record.best?.epoch);
    expect(record.best?.validation).toEqual(best?.validation);
    expect(Math.max(...epochs.map((line) => line.validation?.accuracy ?? 0))).toBe(record.best?.validation.accuracy);
    expect((await readWeights(run.folder, "best")).step).toBe(record.best?.step);
    expect(JSON.parse(readFileSync(runFiles(run.folder).record, "utf8"))).toEqual(record);
  });

  it("averages an epoch's training loss over its images, the small last batch counting less", async () => {
    const run = await open({ epochs: 1 });
    await run.loop.run();
    const { loss, epochs } = await measured(run.folder);
    const mean = (32 * loss.slice(0, 4).reduce((a, b) => a + b, 0) + 7 * (loss[4] ?? 0)) / 135;
    expect(epochs[0]?.train.loss).toBeCloseTo(mean, 12);
  });

  it("goes on after a stop at any step as if it had not been stopped", async () => {
    const whole = await open({ optimizer: { type: "adam", learningRate: 0.01 }, schedule: { type: "cosine" } });
    await whole.loop.run();
    // The reference computes in float64, a checkpoint holds float32. Engines go on bit-equal: see test/trainer.
    const wanted = await measured(whole.folder, 6);
    for (const at of [1, 5, 7, 14]) {
      const settings = { optimizer: { type: "adam", learningRate: 0.01 }, schedule: { type: "cosine" } };
      const first = await open(settings);
      first.onStep((step) => {
        if (step === at) void first.controls.ask("stop");
      });
      await first.loop.run();
      expect(first.record()).toMatchObject({ state: "stopped", step: at, checkpoint: at });
      const second = await open(settings, first.folder);
      await second.loop.run();
      expect(await measured(first.folder, 6), `stopped at ${at}`).toEqual(wanted);
      expect(second.record().test?.loss).toBeCloseTo(whole.record().test?.loss ?? 0, 5);
    }
  });

  it("pauses with a checkpoint and continues", async () => {
    const run = await open();
    const ended = run.loop.run();
    run.onStep((step) => {
      if (step === 3) void run.controls.ask("pause");
    });
    await expect.poll(() => run.record().state, { timeout: 20_000 }).toBe("paused");
    expect((await readNewestCheckpoint(run.folder))?.progress.step).toBe(3);
    await run.controls.ask("run");
    await ended;
    expect(run.record().events.map(({ event, step }) => [event, step])).toEqual(
      expect.arrayContaining([
        ["paused", 3],
        ["continued", 3],
      ]),
    );
    expect((await measured(run.folder)).loss).toHaveLength(15);
  });

  it("takes a changed rate at once, and multiplies the schedule by it from then on", async () => {
    const run = await open({ schedule: { type: "exponential", factor: 0.5 } });
    run.onStep((step) => {
      if (step === 6) void run.loop.setRate(0.02);
    });
    await run.loop.run();
    const { rate } = await measured(run.folder);
    expect(rate[5]).toBeCloseTo(0.1 * 0.5 ** (5 / 5), 12);
    expect(rate[6]).toBeCloseTo(0.02, 12);
    expect(rate[11]).toBeCloseTo(0.02 * 0.5, 12);
    expect(run.record().events).toContainEqual(expect.objectContaining({ event: "rate", learningRate: 0.02, step: 6 }));
    await expect(run.loop.setRate(Number.NaN)).rejects.toThrow("NaN is not");
    await expect(run.loop.setRate(0)).rejects.toThrow("0 is not");
  });

  it("keeps a rate that comes while an epoch ends", async () => {
    const run = await open();
    run.onLine((line) => {
      if (line.kind === "epoch" && line.epoch === 1) void run.loop.setRate(0.02);
    });
    await run.loop.run();
    const { rate } = await measured(run.folder);
    expect(rate.slice(STEPS - 1, STEPS + 2)).toEqual([0.1, 0.02, 0.02]);
  });

  it("stops early when the validation loss no longer falls, and restores the best weights", async () => {
    const run = await open({ epochs: 40, earlyStopping: { patience: 2, minimumImprovement: 10 } });
    await run.loop.run();
    expect(run.record()).toMatchObject({ state: "finished", step: 15 });
    expect(run.record().events).toContainEqual(expect.objectContaining({ event: "earlyStop", epoch: 3 }));
  });

  it("explains a divergence, and keeps weights from before it", async () => {
    const run = await open({ optimizer: { type: "sgd", learningRate: 1e30 } });
    await run.loop.run();
    const record = run.record();
    expect(record.state).toBe("diverged");
    expect(record.message).toMatch(
      /^The loss (became NaN|became infinite|exploded from .* to .*) at step \d+ in dense_1\. Weights of step 0 are kept\.$/,
    );
    expect(record.events).toContainEqual(expect.objectContaining({ event: "diverged", layer: "dense_1", lastGoodStep: 0 }));
    const { variables } = await readWeights(run.folder, "newest");
    for (const values of variables.values()) expect(values.every(Number.isFinite)).toBe(true);
    for (const line of run.lines) if (line.kind === "steps") expect(line.loss.every(Number.isFinite)).toBe(true);
  });

  it("trains without held-out images: the best weights are of the training loss", async () => {
    const run = await open({ validationSplit: 0 });
    await run.loop.run();
    const { epochs } = await measured(run.folder);
    expect(epochs.every((line) => line.validation === undefined)).toBe(true);
    expect(run.record().best?.validation).toEqual(epochs.find(({ epoch }) => epoch === run.record().best?.epoch)?.train);
  });
});
