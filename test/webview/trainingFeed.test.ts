import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { numbersOf, pictureOf, scaleOf } from "../../src/host/panels/kernelPictures.js";
import { blockOf } from "../../src/host/panels/metricsBlocks.js";
import { TrainingFeed } from "../../src/host/panels/trainingFeed.js";
import type { LayerWeights } from "../../src/protocol/trainer.js";
import type { ToTrainingPanel } from "../../src/protocol/trainingPanel.js";
import { FixtureRun, lenetWeights, metricsTo } from "../fixtures/lenetRun.js";

describe("blocks of metrics", () => {
  it("join consecutive steps and keep epochs in their place", () => {
    const { entries, lines } = blockOf(metricsTo(435), 0);
    expect(lines).toBe(metricsTo(435).length);
    expect(entries.map((entry) => (entry.kind === "steps" ? [entry.first, entry.loss.length] : `epoch ${entry.epoch}`))).toEqual([
      [1, 430],
      "epoch 1",
      [431, 5],
    ]);
  });

  it("are no larger than a message may be, and go on where they stopped", () => {
    const lines = metricsTo(5160);
    const first = blockOf(lines, 0);
    const second = blockOf(lines, first.lines);
    expect(first.lines + second.lines).toBe(lines.length);
    const steps = first.entries.reduce((sum, entry) => sum + (entry.kind === "steps" ? entry.loss.length : 0), 0);
    expect(steps * 16).toBeLessThanOrEqual(65_536);
  });

  it("do not join steps that repeat others", () => {
    const line = (first: number) => ({ kind: "steps", first, loss: [1], rate: [1], time: [1] }) as const;
    expect(blockOf([line(1), line(2), line(2)], 0).entries).toHaveLength(2);
  });
});

describe("pictures of kernels", () => {
  const weights: LayerWeights = {
    layer: "conv",
    step: 1,
    kernelShape: [1, 2, 2, 2],
    // [x][input][output]
    kernel: Float32Array.from([1, -1, 0.5, 0, 0.25, 1, -0.5, -0.25]),
    bias: Float32Array.from([0.125, -0.125]),
  };

  it("hold every filter at one input channel, a byte a weight", () => {
    const { detail, scale } = pictureOf(weights, 1);
    expect(scale).toBe(1);
    const byte = (value: number) => 128 + Math.round(127 * value);
    expect(detail).toMatchObject({ channel: 1, tiles: { width: 2, height: 1, count: 2 }, block: [1, 1] });
    expect([...(detail?.tiles.bytes ?? [])]).toEqual([0.5, -0.5, 0, -0.25].map(byte));
  });

  it("have exact numbers, input after input", () => {
    expect(numbersOf(weights, 0, 0)).toMatchObject({ first: 0, values: Float32Array.from([1, 0.25, 0.5, -0.5]), bias: 0.125 });
    expect(numbersOf(weights, 2, 0)).toBeUndefined();
  });

  it("are maps for dense layers: units down, inputs across", () => {
    const dense: LayerWeights = { layer: "dense", step: 1, kernelShape: [3, 2], kernel: Float32Array.from([1, -1, 0, 0, -1, 1]) };
    const { detail, strip } = pictureOf(dense, 0);
    expect([...(detail?.tiles.bytes ?? [])]).toEqual([255, 128, 1, 1, 128, 255]);
    expect(strip).toMatchObject({ width: 3, height: 2, count: 1 });
    expect(numbersOf(dense, 1, 0)?.values).toEqual(Float32Array.from([-1, 0, 1]));
  });

  it("of large layers fit a message, every pixel being a weight", () => {
    const kernel = new Float32Array(25088 * 100);
    kernel[21 * 100] = 1;
    const dense: LayerWeights = { layer: "dense", step: 1, kernelShape: [25088, 100], kernel };
    const { detail } = pictureOf(dense, 0);
    expect(detail?.block).toEqual([21, 3]);
    expect(detail?.tiles.bytes[1]).toBe(255);
    expect(detail?.tiles.bytes.length).toBeLessThan(60_000);
    expect(numbersOf(dense, 0, 12_000)).toMatchObject({ first: 11_250 });
  });

  it.each([
    [[0.1, -0.61], 0.8],
    [[0, 0], 1],
    [[Number.NaN, 1], 1],
  ])("of %j have the scale %f", (values, scale) => expect(scaleOf(Float32Array.from(values))).toBe(scale));
});

describe("a feed", () => {
  let posted: ToTrainingPanel[];
  let run: FixtureRun;
  let feed: TrainingFeed;
  const failures: unknown[] = [];
  const types = () => posted.map(({ type }) => type);
  const start = (made: FixtureRun) => {
    run = made;
    feed = new TrainingFeed(
      run,
      () => ({ edited: false }),
      (message) => posted.push(message),
      (error) => failures.push(error),
    );
  };
  const acknowledge = () => {
    for (const message of posted) if ("frame" in message) feed.acknowledge(message.frame);
  };
  const watch = (layers: readonly string[], layer = "conv2d_2") =>
    feed.watch({ type: "watch", layers, selection: { layer, channel: 0, outputs: [0] }, pace: "live" });

  beforeEach(() => {
    vi.useFakeTimers();
    posted = [];
  });
  afterEach(() => {
    feed.dispose();
    vi.useRealTimers();
    expect(failures).toEqual([]);
  });

  it("sends the whole, then all metrics in messages that fit, as they are acknowledged", () => {
    start(new FixtureRun(12_000));
    vi.advanceTimersByTime(1000);
    expect(types()).toEqual(["whole", "add", "add"]);
    acknowledge();
    vi.advanceTimersByTime(1000);
    expect(types()).toEqual(["whole", "add", "add", "add"]);
    expect(posted.at(-1)).toMatchObject({ more: false });
  });

  it("puts what comes while the panel is busy into one message", () => {
    start(new FixtureRun(400));
    vi.advanceTimersByTime(100);
    for (let i = 0; i < 50; i++) {
      run.advance(4);
      vi.advanceTimersByTime(20);
    }
    expect(types()).toEqual(["whole", "add", "add"]);
    acknowledge();
    vi.advanceTimersByTime(100);
    expect(types()).toHaveLength(4);
    const sent = posted.flatMap((message) => (message.type === "add" ? message.entries : []));
    expect(sent.reduce((sum, entry) => sum + (entry.kind === "steps" ? entry.loss.length : 0), 0)).toBe(600);
  });

  it("sends a step at once or soon while the panel keeps up", () => {
    start(new FixtureRun(400, {}, 1));
    for (let i = 0; i < 60; i++) {
      run.advance(1);
      vi.advanceTimersByTime(16);
      acknowledge();
    }
    vi.advanceTimersByTime(25);
    const adds = posted.filter(({ type }) => type === "add");
    expect(adds.length).toBeGreaterThan(20);
    expect(adds.length).toBeLessThan(40);
  });

  it("keeps only the newest pictures while the panel is busy, ten a second at most", async () => {
    start(new FixtureRun(4));
    watch(["conv2d_1"]);
    await vi.advanceTimersByTimeAsync(200);
    acknowledge();
    posted.length = 0;
    for (let step = 1; step <= 100; step++) {
      run.weighed.fire(lenetWeights("conv2d_2", step));
      await vi.advanceTimersByTimeAsync(10);
    }
    const pictures = () => posted.flatMap((message) => (message.type === "pictures" ? message.pictures : []));
    expect(pictures()).toHaveLength(2);
    acknowledge();
    await vi.advanceTimersByTimeAsync(200);
    expect(pictures().at(-1)?.step).toBe(100);
    expect(pictures().at(-1)?.detail).toBeDefined();
  });

  it("watches what is in sight at a rate its size allows, and nothing once disposed of", () => {
    start(new FixtureRun(4));
    watch(["conv2d_1", "flatten"]);
    expect(run.watched.at(-1)).toEqual({ layers: ["conv2d_1", "conv2d_2"], perSecond: 10 });
    feed.watch({ type: "watch", layers: ["conv2d_1"], pace: "epoch" });
    expect(run.watched.at(-1)?.layers).toEqual([]);
    run.layers = [
      { ...(run.layers[0] ?? { name: "", type: "", summary: "", output: [], parameters: 0, multiplyAdds: 0 }), kernelShape: [1000, 2000] },
    ];
    feed.watch({ type: "watch", layers: ["conv2d_1"], pace: "live" });
    expect(run.watched.at(-1)?.perSecond).toBeCloseTo(0.5, 3);
    feed.dispose();
    expect(run.watched.at(-1)).toEqual({ layers: [], perSecond: 0 });
  });

  it("follows the run's state, and looks at the weights once more when it ends", async () => {
    start(new FixtureRun(400));
    watch([]);
    await vi.advanceTimersByTimeAsync(300);
    acknowledge();
    posted.length = 0;
    run.change({ state: "finished" });
    await vi.advanceTimersByTimeAsync(300);
    expect(types().sort()).toEqual(["pictures", "run"]);
    expect(posted.find(({ type }) => type === "run")).toMatchObject({ run: { live: false, record: { state: "finished" } } });
  });
});
