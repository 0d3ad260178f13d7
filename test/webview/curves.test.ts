import { describe, expect, it } from "vitest";
import { blockOf } from "../../src/host/panels/metricsBlocks.js";
import { spread } from "../../webview/shared/chart/marks.js";
import { fitRange, linearRange, linearTicks, logRange, logTicks, niceStep } from "../../webview/shared/chart/scale.js";
import { Curves, plannedEnd, stepOfX } from "../../webview/training/curves.js";
import { FRESH } from "../../webview/training/saved.js";
import { addEntry, bestEpoch, EMPTY_SERIES, stepsPerSecond } from "../../webview/training/series.js";
import { lenetRecord, metricsTo, SECONDS_PER_STEP } from "../fixtures/lenetRun.js";

const record = lenetRecord(3012);
const series = blockOf(metricsTo(3012), 0).entries.reduce(addEntry, EMPTY_SERIES);

describe("axes", () => {
  it.each([
    [0.3, 0.5],
    [1, 1],
    [23, 50],
  ])("a step of at least %f is %f", (rough, nice) => expect(niceStep(rough)).toBeCloseTo(nice, 12));

  it("have round ticks", () => {
    expect(linearTicks({ min: 94, max: 100 }, 7)).toEqual([94, 95, 96, 97, 98, 99, 100]);
    expect(linearTicks({ min: 0, max: 0.3 }, 4)).toEqual([0, 0.1, 0.2, 0.3]);
    expect(linearTicks({ min: 0, max: 8120 }, 5)).toEqual([0, 2000, 4000, 6000, 8000]);
    expect(logTicks({ min: 0.01, max: 2 }, 6)).toEqual([0.01, 0.03, 0.1, 0.3, 1]);
    expect(logTicks({ min: 0.003, max: 3 }, 6, 8)).toEqual([0.003, 0.01, 0.03, 0.1, 0.3, 1, 3]);
    expect(logTicks({ min: 0.3, max: 0.7 }, 6)).toEqual([0.3, 0.5, 0.7]);
    expect(logTicks({ min: 1e-6, max: 1 }, 6)).toEqual([1e-6, 1e-4, 1e-2, 1]);
  });

  it("are widened to round bounds and stay within their limits", () => {
    expect(logRange({ min: 0.013, max: 1.6 })).toEqual({ min: 0.01, max: 2 });
    expect(linearRange({ min: 94.3, max: 99.7 }, { min: 0, max: 100 })).toEqual({ min: 94, max: 100 });
    const constant = linearRange({ min: 100, max: 100 }, { min: 0, max: 100 });
    expect(constant.max).toBeGreaterThanOrEqual(constant.min);
  });

  it("leave out the extreme hundredths of raw values only", () => {
    const raw = [1000, ...Array.from({ length: 198 }, (_, i) => i), -1000];
    expect(fitRange([[300]], raw)).toEqual({ min: 1, max: 300 });
    expect(fitRange([[Number.NaN]], [])).toBeUndefined();
  });

  it("reach to the planned end", () => {
    expect(plannedEnd(series, record, "step")).toBe(5160);
    expect(plannedEnd(series, record, "epoch")).toBe(12);
    expect(plannedEnd(series, record, "time")).toBeCloseTo(5160 * SECONDS_PER_STEP, -1);
    expect(plannedEnd(series, { ...record, state: "finished" }, "time")).toBeCloseTo(series.time.last, 6);
  });
});

describe("curves", () => {
  const curves = new Curves();

  it("mark the epoch with the lowest validation loss", () => {
    expect(bestEpoch(series)?.epoch).toBe(6);
    expect(curves.chart("accuracy", series, record, FRESH.curves).validation).toMatchObject({
      best: 5,
      x: [430, 860, 1290, 1720, 2150, 2580, 3010],
    });
  });

  it("draw a rule where the rate changed", () => {
    expect(curves.chart("loss", series, record, FRESH.curves).rules).toEqual([
      { x: 1720, text: "learning rate 0.0005", short: "lr 0.0005" },
    ]);
  });

  it("fit the vertical axis to what is zoomed to", () => {
    const whole = curves.chart("accuracy", series, record, FRESH.curves).yRange;
    const zoomed = curves.chart("accuracy", series, record, { ...FRESH.curves, zoom: { min: 2500, max: 3000 } });
    expect(zoomed.xRange).toEqual({ min: 2500, max: 3000 });
    expect(zoomed.yRange.min).toBeGreaterThan(whole.min);
  });

  it.each([
    ["step", "step 430"],
    ["epoch", "epoch 1.00"],
    ["time", "0:06"],
  ] as const)("by %s read the validation of the epoch before", (axis, place) => {
    const reading = curves.reading("loss", series, record, { ...FRESH.curves, axis }, 430);
    expect(reading).toMatchObject({ place, validation: "0.0921" });
    expect(reading.train).toMatch(/^0\.\d{4}$/);
    expect(curves.reading("loss", series, record, { ...FRESH.curves, axis }, 429).validation).toBeUndefined();
  });

  it.each([
    ["step", 431.4, 431],
    ["step", -5, 1],
    ["step", 1e9, 3012],
    ["epoch", 2, 860],
    ["time", 100 * SECONDS_PER_STEP - 0.001, 100],
  ] as const)("by %s find the step at %f", (axis, x, step) => expect(stepOfX(x, series, record, axis)).toBe(step));

  it("have speeds of the last seconds", () => {
    expect(stepsPerSecond(series)).toBeCloseTo(1 / SECONDS_PER_STEP, 0);
    expect(stepsPerSecond(EMPTY_SERIES)).toBeUndefined();
  });
});

describe("labels at lines' ends", () => {
  it.each([
    [
      [10, 12],
      [3.5, 18.5],
    ],
    [
      [12, 10],
      [18.5, 3.5],
    ],
    [
      [10, 40],
      [10, 40],
    ],
  ])("%j move to %j", (heights, moved) => expect(spread(heights)).toEqual(moved));
});
