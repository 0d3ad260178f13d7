import { describe, expect, it } from "vitest";
import type { KernelNumbers, LayerPicture, RunView, StepColumns } from "../../src/protocol/trainingPanel.js";
import { lastStep } from "../../webview/training/series.js";
import { INITIAL, numbersKey, reduce, type TrainingState } from "../../webview/training/state.js";
import { LENET_LAYERS, lenetRecord } from "../fixtures/lenetRun.js";

const run = (changes: Partial<RunView["record"]> = {}): RunView => ({
  record: lenetRecord(10, changes),
  layers: LENET_LAYERS,
  live: true,
  edited: false,
});
const steps = (first: number, loss: number[]): StepColumns => ({
  kind: "steps",
  first,
  loss: Float32Array.from(loss),
  accuracy: Float32Array.from(loss, (value) => 1 - value),
  rate: new Float32Array(loss.length).fill(0.5),
  time: Float32Array.from(loss, (_, i) => first + i),
});
const add = (...entries: Extract<Parameters<typeof reduce>[1], { type: "add" }>["entries"]) =>
  ({ type: "add", frame: 1, entries, received: 0, more: false }) as const;
const epoch = (number: number, step: number, loss: number) =>
  ({ kind: "epoch", epoch: number, step, time: step, train: { loss }, validation: { loss } }) as const;
const begun: TrainingState = reduce(INITIAL, { type: "whole", run: run() });
const loss = (state: TrainingState) => [...state.series.loss.values];

describe("metrics", () => {
  it("grow in columns", () => {
    const state = reduce(reduce(begun, add(steps(1, [0.5, 0.25]))), add(steps(3, [0.125])));
    expect(loss(state)).toEqual([0.5, 0.25, 0.125]);
    expect([...state.series.accuracy.values]).toEqual([0.5, 0.75, 0.875]);
    expect(lastStep(state.series)).toBe(3);
  });

  it("leave the state before as it was", () => {
    const before = reduce(begun, add(steps(1, [0.5])));
    reduce(before, add(steps(2, [0.25])));
    const other = reduce(before, add(steps(2, [0.75])));
    expect(loss(before)).toEqual([0.5]);
    expect(loss(other)).toEqual([0.5, 0.75]);
  });

  it("of repeated steps replace what was there from that step on, epochs too", () => {
    const first = reduce(begun, add(steps(1, [0.5, 0.5, 0.5]), epoch(1, 3, 0.5), steps(4, [0.5, 0.5])));
    const resumed = reduce(first, add(steps(3, [0.25]), epoch(1, 3, 0.25)));
    expect(loss(resumed)).toEqual([0.5, 0.5, 0.25]);
    expect(resumed.series.epochs.map(({ train }) => train.loss)).toEqual([0.25]);
  });

  it("may begin later than at step 1", () => {
    const state = reduce(begun, add(steps(101, [0.5, 0.25])));
    expect([state.series.first, lastStep(state.series)]).toEqual([101, 102]);
  });
});

describe("kernels", () => {
  const picture = (step: number, detail: boolean): LayerPicture => {
    const tiles = { width: 1, height: 1, count: 1, bytes: new Uint8Array([128]) };
    return { layer: "conv2d_1", step, scale: 0.5, strip: tiles, ...(detail ? { detail: { channel: 0, tiles, block: [1, 1] } } : {}) };
  };
  const numbers = (step: number): KernelNumbers => ({ layer: "conv2d_1", step, output: 2, first: 0, values: new Float32Array([step]) });
  const pictures = (...list: LayerPicture[]) => ({ type: "pictures", frame: 1, pictures: list, numbers: [] }) as const;

  it("keep the detail when only a strip comes", () => {
    const state = reduce(reduce(begun, pictures(picture(1, true))), pictures(picture(2, false)));
    expect(state.pictures.get("conv2d_1")).toMatchObject({ step: 2, detail: { channel: 0 } });
  });

  it("remember the numbers of the step before, not of a repeated one", () => {
    let state = begun;
    for (const step of [5, 9, 9]) state = reduce(state, { type: "pictures", frame: 1, pictures: [], numbers: [numbers(step)] });
    const tracked = state.numbers.get(numbersKey("conv2d_1", 2));
    expect([tracked?.before?.step, tracked?.now.step]).toEqual([5, 9]);
  });
});

describe("runs", () => {
  const full = reduce(begun, add(steps(1, [0.5])));

  it.each([
    ["the same run again forgets its metrics but is the same", run(), 1, []],
    ["another run is new", run({ id: "other1" }), 2, []],
  ])("%s", (_, next, generation, expected) => {
    const state = reduce(full, { type: "whole", run: next });
    expect([state.generation, loss(state)]).toEqual([generation, expected]);
  });

  it("change without losing their metrics", () => {
    const state = reduce(full, { type: "run", run: run({ state: "paused" }) });
    expect(loss(state)).toEqual([0.5]);
    expect(typeof state.run === "object" && state.run.record.state).toBe("paused");
  });

  it("are gone after clear", () => {
    expect(reduce(full, { type: "clear", network: "a.cnn.json" })).toMatchObject({
      run: "none",
      network: "a.cnn.json",
      series: { epochs: [] },
    });
  });
});
