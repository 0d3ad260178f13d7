import { describe, expect, test } from "vitest";
import { learningRateAt } from "../../../src/compile/schedule.js";
import type { ScheduleConfig } from "../../../src/model/training.js";

const TOTAL = 101;
const PER_EPOCH = 10;
const rate = (schedule: ScheduleConfig, step: number) => learningRateAt(schedule, 0.5, step, TOTAL, PER_EPOCH);

describe("learning rates", () => {
  test("constant", () => {
    expect([1, 50, TOTAL].map((step) => rate({ type: "constant" }, step))).toEqual([0.5, 0.5, 0.5]);
  });

  test("step falls when epochs are over", () => {
    const schedule = { type: "step", everyEpochs: 2, factor: 0.1 } as const;
    expect(rate(schedule, 20)).toBe(0.5);
    expect(rate(schedule, 21)).toBeCloseTo(0.05, 12);
    expect(rate(schedule, 41)).toBeCloseTo(0.005, 12);
  });

  test("exponential falls by its factor each epoch, smoothly", () => {
    const schedule = { type: "exponential", factor: 0.25 } as const;
    expect(rate(schedule, 1)).toBe(0.5);
    expect(rate(schedule, 6)).toBeCloseTo(0.25, 12);
    expect(rate(schedule, 11)).toBeCloseTo(0.125, 12);
  });

  test("cosine goes from the rate to its final factor", () => {
    const schedule = { type: "cosine", finalFactor: 0.2 } as const;
    expect(rate(schedule, 1)).toBe(0.5);
    expect(rate(schedule, 51)).toBeCloseTo(0.3, 12);
    expect(rate(schedule, 26)).toBeCloseTo(0.5 * (0.2 + 0.8 * 0.5 * (1 + Math.SQRT1_2)), 12);
    expect(rate(schedule, TOTAL)).toBeCloseTo(0.1, 12);
  });

  test("warm-up rises in equal steps, then stays", () => {
    const schedule = { type: "warmUp", epochs: 2 } as const;
    expect([1, 10, 20, 21, TOTAL].map((step) => rate(schedule, step))).toEqual([0.025, 0.25, 0.5, 0.5, 0.5]);
  });

  test("oneCycle rises to its peak and falls to almost nothing", () => {
    const schedule = { type: "oneCycle", warmUpFraction: 0.2, startFactor: 0.1, finalFactor: 0.01 } as const;
    expect(rate(schedule, 1)).toBeCloseTo(0.05, 12);
    expect(rate(schedule, 11)).toBeCloseTo(0.275, 12);
    expect(rate(schedule, 21)).toBeCloseTo(0.5, 12);
    expect(rate(schedule, 61)).toBeCloseTo(0.5 * (0.01 + 0.99 / 2), 12);
    expect(rate(schedule, TOTAL)).toBeCloseTo(0.005, 12);
    const rates = Array.from({ length: TOTAL }, (_, i) => rate(schedule, i + 1));
    expect(Math.max(...rates)).toBeCloseTo(0.5, 12);
  });

  test("a single step, and steps past the plan, have a rate", () => {
    const schedule = { type: "oneCycle", warmUpFraction: 0.2, startFactor: 0.1, finalFactor: 0.01 } as const;
    expect(learningRateAt(schedule, 1, 1, 1, 1)).toBeCloseTo(0.1, 12);
    expect(rate(schedule, TOTAL + 50)).toBeCloseTo(0.005, 12);
    expect(learningRateAt({ ...schedule, warmUpFraction: 0 }, 1, 1, TOTAL, 1)).toBe(1);
    expect(learningRateAt({ ...schedule, warmUpFraction: 1 }, 1, TOTAL, TOTAL, 1)).toBe(1);
  });
});
