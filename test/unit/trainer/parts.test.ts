import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startOfTraining } from "../../../src/run/progress.js";
import type { Checkpoint } from "../../../src/runs/checkpoints.js";
import { Controls } from "../../../src/trainer/controls.js";
import { divergenceMessage, hasExploded, nonFiniteLayer } from "../../../src/trainer/divergence.js";
import { hasWaitedEnough, isBetter, watchLoss } from "../../../src/trainer/earlyStopping.js";
import { GoodStates } from "../../../src/trainer/goodStates.js";
import { MetricsBatch } from "../../../src/trainer/metricsBatch.js";

describe("early stopping", () => {
  const config = { patience: 2, minimumImprovement: 0.1 };

  it("waits for an improvement of at least the minimum", () => {
    let state: Parameters<typeof watchLoss>[0] = { best: undefined, waited: 0 };
    const waited = [1, 0.95, 0.8, 0.75, 0.71].map((loss) => {
      state = watchLoss(state, loss, config);
      return state.waited;
    });
    expect(waited).toEqual([0, 1, 0, 1, 2]);
    expect(hasWaitedEnough(state, config)).toBe(true);
    expect(hasWaitedEnough(state, undefined)).toBe(false);
  });
});

describe("best weights", () => {
  it("are of the best accuracy, ties by loss", () => {
    const best = { epoch: 1, step: 10, validation: { loss: 0.3, accuracy: 0.9 } };
    expect(isBetter({ loss: 9, accuracy: 0.1 }, undefined)).toBe(true);
    expect(isBetter({ loss: 0.5, accuracy: 0.91 }, best)).toBe(true);
    expect(isBetter({ loss: 0.1, accuracy: 0.89 }, best)).toBe(false);
    expect(isBetter({ loss: 0.2, accuracy: 0.9 }, best)).toBe(true);
    expect(isBetter({ loss: 0.3, accuracy: 0.9 }, best)).toBe(false);
    expect(isBetter({ loss: 0.2 }, { ...best, validation: { loss: 0.3 } })).toBe(true);
  });
});

describe("metrics", () => {
  it("go out at once for the first step, then in lines some 30 times a second, none lost", () => {
    const batch = new MetricsBatch();
    const lines = [];
    for (let step = 1; step <= 100; step++) {
      batch.add(step, { loss: step, accuracy: 0.5, rate: 0.1, time: step / 100 });
      if (batch.isDue(step * 10)) lines.push(batch.take(step * 10));
    }
    lines.push(batch.take(1001));
    expect(lines[0]).toEqual({ kind: "steps", first: 1, loss: [1], accuracy: [0.5], rate: [0.1], time: [0.01] });
    expect(lines.length).toBeLessThanOrEqual(31);
    expect(lines.flatMap((line) => line?.loss ?? [])).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    for (const line of lines) expect(line?.loss[0]).toBe(line?.first);
    expect(batch.take(2000)).toBeUndefined();
  });
});

describe("divergence", () => {
  it("is a loss that is not finite or far above the first", () => {
    expect([Number.NaN, Number.POSITIVE_INFINITY, 23_100].map((loss) => hasExploded(loss, 2.3))).toEqual([true, true, true]);
    expect(hasExploded(22_900, 2.3)).toBe(false);
    expect(hasExploded(9_000, 0.01)).toBe(false);
  });

  it("names the layer of the first weights that are not finite", () => {
    const variables = new Map([
      ["conv2d_1/kernel", Float32Array.of(1, 2)],
      ["dense_1/kernel", Float32Array.of(1, Number.POSITIVE_INFINITY)],
      ["dense_2/kernel", Float32Array.of(Number.NaN)],
    ]);
    expect(nonFiniteLayer(variables)).toBe("dense_1");
    expect(nonFiniteLayer(new Map())).toBeUndefined();
  });

  it("is explained in two sentences", () => {
    const loss = { kind: "loss", step: 3013, loss: Number.NaN, firstLoss: 2.3 } as const;
    expect(divergenceMessage(loss, "dense_1", 3010)).toBe("The loss became NaN at step 3,013 in dense_1. Weights of step 3,010 are kept.");
    expect(divergenceMessage({ ...loss, loss: 1e6 }, undefined, 0)).toBe(
      "The loss exploded from 2.30 to 1.00e+6 at step 3,013. Weights of step 0 are kept.",
    );
  });
});

describe("good states", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["performance"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const state = (step: number, size = 1): Checkpoint => ({
    progress: { ...startOfTraining(0), step },
    variables: new Map([["kernel", new Float32Array(size)]]),
  });
  const capture = (step: number) => () => state(step);

  it("are one or two intervals old, with the rates of all steps since", () => {
    const good = new GoodStates(state(0));
    good.offer(capture(0)); // The start is known.
    good.rate(1);
    good.offer(capture(1)); // too soon
    good.rate(2);
    expect(good.latest?.state.progress.step).toBe(0);
    expect(good.latest?.rates).toEqual([1, 2]);
    vi.advanceTimersByTime(1010);
    good.offer(capture(2));
    good.rate(3);
    expect(good.latest?.state.progress.step).toBe(0);
    expect(good.latest?.rates).toEqual([1, 2, 3]);
    vi.advanceTimersByTime(1010);
    good.offer(capture(3));
    expect(good.latest?.state.progress.step).toBe(2);
    expect(good.latest?.rates).toEqual([3]);
  });

  it("are not kept of very large networks", () => {
    const good = new GoodStates(state(0, 1e8));
    vi.advanceTimersByTime(1010);
    good.offer(capture(1));
    expect(good.latest).toBeUndefined();
  });
});

describe("controls", () => {
  it("tell the asker when the loop has come to it", async () => {
    const controls = new Controls();
    const paused = controls.ask("pause");
    let over = false;
    const pause = controls.pauseEnds().then(() => {
      over = true;
    });
    await paused;
    expect(over).toBe(false);
    const running = controls.ask("run");
    await pause;
    expect(controls.wish).toBe("run");
    controls.reached();
    await running;
  });

  it("answer at once when the loop is there already", async () => {
    const controls = new Controls();
    await controls.ask("run");
    const paused = controls.ask("pause");
    void controls.pauseEnds();
    await paused;
    await controls.ask("pause");
  });

  it("keep nobody waiting whose wish was replaced, and never take a stop back", async () => {
    const controls = new Controls();
    const paused = controls.ask("pause");
    void controls.ask("stop");
    await paused;
    void controls.ask("run");
    expect(controls.wish).toBe("stop");
  });
});
