import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readRun, readWeights } from "../../src/runs/readRun.js";
import { snapshotSteps } from "../../src/runs/snapshots.js";
import { ENGINES, isAlive, measured, useWorkspace } from "./harness.js";

const workspace = useWorkspace();

/** 600 images, 10 % held out: 540 in batches of 32. */
const STEPS_PER_EPOCH = 17;

describe.each(ENGINES)("training with $engine", ({ engine, absent }) => {
  it.skipIf(absent)("learns, tells of it, and leaves a run behind", async () => {
    const { current } = workspace;
    const run = current.train({}, { engine });
    const ready = await run.ready;
    expect(ready.layers.map(({ name }) => name)).toEqual(["conv2d_1", "maxPooling2d_1", "conv2d_2", "flatten", "dense_1"]);
    expect(ready.record).toMatchObject({ state: "running", stepsPerEpoch: STEPS_PER_EPOCH, engine: { name: engine } });
    expect(ready.record.network.file).toBe("toy.cnn.json");
    const exit = await run.exit;
    expect(exit).toMatchObject({ code: 0, record: { state: "finished", step: 4 * STEPS_PER_EPOCH } });
    expect(exit.record?.test?.accuracy).toBeGreaterThan(0.9);
    expect(exit.record).not.toHaveProperty("pid");
    expect(isAlive(run.pid)).toBe(false);

    const { runDirectory } = ready;
    expect(await readRun(runDirectory)).toEqual(exit.record);
    const { steps, loss, epochs } = await measured(runDirectory);
    expect(steps).toEqual(Array.from({ length: 4 * STEPS_PER_EPOCH }, (_, i) => i + 1));
    expect(loss.at(-1)).toBeLessThan((loss[0] ?? 0) / 2);
    expect(epochs).toHaveLength(4);
    expect(run.lines[0]).toMatchObject({ kind: "steps", first: 1, loss: [loss[0]] });
    expect(await snapshotSteps(runDirectory)).toEqual([1, 2, 3, 4].map((epoch) => epoch * STEPS_PER_EPOCH));
    expect((await readWeights(runDirectory, "best")).variables.get("conv2d_1/kernel")).toHaveLength(3 * 3 * 8);
    expect(readFileSync(path.join(current.folder, ".cnn", ".gitignore"), "utf8")).toBe("*\n");
    expect(existsSync(path.join(runDirectory, "trainer.lock"))).toBe(false);
  });

  it.skipIf(absent)("gives the same numbers for the same seed, and others for another", async () => {
    const { current } = workspace;
    const runs = [
      current.train({ epochs: 1 }, { engine }),
      current.train({ epochs: 1 }, { engine }),
      current.train({ epochs: 1, seed: 4 }, { engine }),
    ];
    const folders = await Promise.all(runs.map(async (run) => (await run.ready).runDirectory));
    await Promise.all(runs.map((run) => run.exit));
    expect(new Set(folders).size).toBe(3);
    const [first, second, third] = await Promise.all(folders.map(measured));
    expect(second).toEqual(first);
    expect(third?.loss).not.toEqual(first?.loss);
  });
});

describe("while it trains", () => {
  it("pauses, continues and stops, and stands still in between", async () => {
    const run = workspace.current.train({ epochs: 1000 });
    await run.reached(3);
    await run.trainer.pause();
    const { length } = run.lines;
    expect(run.records.at(-1)?.state).toBe("paused");
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(run.lines).toHaveLength(length);
    await run.trainer.continue();
    expect(run.records.at(-1)?.state).toBe("running");
    await run.reached((run.records.at(-1)?.step ?? 0) + 3);
    await run.trainer.stop();
    const { record, code } = await run.exit;
    expect(code).toBe(0);
    expect(record).toMatchObject({ state: "stopped" });
    expect(record?.checkpoint).toBe(record?.step);
    expect(record?.events.map(({ event }) => event)).toEqual(["paused", "continued", "stopped"]);
    expect(isAlive(run.pid)).toBe(false);
  });

  it("takes another learning rate", async () => {
    const run = workspace.current.train({ epochs: 1000 });
    await run.reached(2);
    await run.trainer.setRate(0.001);
    const event = run.records.at(-1)?.events.at(-1);
    expect(event).toMatchObject({ event: "rate", learningRate: 0.001 });
    await run.reached((event?.step ?? 0) + 2);
    await run.trainer.stop();
    const { rate } = await measured((await run.ready).runDirectory);
    expect(rate[event?.step ?? 0]).toBeCloseTo(0.001, 12);
    expect(rate[(event?.step ?? 0) - 1]).toBeCloseTo(0.005, 12);
    await expect(run.trainer.setRate(0.1)).rejects.toThrow("has stopped");
  });

  it("refuses a rate that is none, and goes on", async () => {
    const run = workspace.current.train({ epochs: 1000 });
    await run.reached(1);
    await expect(run.trainer.setRate(-1)).rejects.toThrow("A learning rate is a positive number; -1 is not.");
    await run.reached(5);
  });

  it("sends the kernels that are watched, no more often than asked, and those asked for", async () => {
    const run = workspace.current.train({ epochs: 1000 });
    const { layers } = await run.ready;
    expect(layers[0]?.kernelShape).toEqual([3, 3, 1, 8]);
    const frames: Float32Array[] = [];
    run.trainer.onDidReceiveWeights(({ layer, kernel }) => {
      if (layer === "conv2d_1") frames.push(kernel);
    });
    const start = performance.now();
    await run.trainer.watch(["conv2d_1", "flatten"], 10);
    await expect.poll(() => frames.length, { timeout: 20_000 }).toBeGreaterThan(5);
    expect(performance.now() - start).toBeGreaterThan((frames.length - 1) * 90);
    expect(frames.at(-1)).toHaveLength(72);
    expect(frames.at(-1)).not.toEqual(frames[0]);
    await run.trainer.watch([], 10);
    const weights = await run.trainer.weights("dense_1");
    expect(weights.kernelShape).toEqual([128, 4]);
    expect(weights.kernel).toHaveLength(512);
    expect(weights.bias).toHaveLength(4);
    await expect(run.trainer.weights("flatten")).rejects.toThrow("flatten has no kernel to show.");
  });

  it("stops early", async () => {
    const run = workspace.current.train({ epochs: 50, earlyStopping: { patience: 2, minimumImprovement: 100 } });
    const { record } = await run.exit;
    expect(record).toMatchObject({ state: "finished", step: 3 * STEPS_PER_EPOCH });
    expect(record?.events).toContainEqual(expect.objectContaining({ event: "earlyStop", epoch: 3 }));
  });
});

describe("a divergence", () => {
  it("is explained, and the training goes on from before it at a smaller rate", async () => {
    const { current } = workspace;
    const run = current.train({ epochs: 2, optimizer: { type: "sgd", learningRate: 1e6 } });
    const { runDirectory } = await run.ready;
    const { record, code } = await run.exit;
    expect(code).toBe(0);
    expect(record?.state).toBe("diverged");
    expect(record?.message).toMatch(
      /^The loss (became NaN|became infinite|exploded from \S+ to \S+) at step \d+ in (conv2d|dense|maxPooling2d)_\d\. Weights of step 0 are kept\.$/,
    );
    const again = current.resume(runDirectory, {}, 0.01);
    const end = await again.exit;
    expect(end.record).toMatchObject({ state: "finished" });
    expect(end.record).not.toHaveProperty("message");
    const { rate, loss } = await measured(runDirectory);
    expect(rate.every((each) => Math.abs(each - 0.01) < 1e-12)).toBe(true);
    expect(loss).toHaveLength(2 * STEPS_PER_EPOCH);
  });
});
