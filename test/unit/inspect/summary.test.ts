import { describe, expect, it } from "vitest";
import type { NumberSource } from "../../../src/inspect/numberSource.js";
import { summarize } from "../../../src/inspect/summary.js";

const source = (values: ArrayLike<number>, shape = [values.length]): NumberSource => {
  const data = Float32Array.from(values);
  return { shape, read: (offset, count) => data.subarray(offset, offset + count) };
};
const summary = (values: ArrayLike<number>) => summarize(source(values), async () => {});

describe("statistics of a tensor", () => {
  it("are those of its finite numbers", async () => {
    expect(await summary([2, 4, 4, 4, 5, 5, 7, 9, Number.NaN, Number.NEGATIVE_INFINITY])).toMatchObject({
      count: 10,
      minimum: 2,
      maximum: 9,
      mean: 5,
      deviation: 2,
      zeros: 0,
      notFinite: 2,
    });
  });

  it("join what is read in blocks", async () => {
    // Of 0 to n - 1 the mean is (n - 1)/2 and the variance (n^2 - 1)/12.
    const n = 640_000;
    const { mean, deviation, zeros, histogram } = await summary(Float32Array.from({ length: n }, (_, i) => i));
    expect(mean).toBeCloseTo((n - 1) / 2, 6);
    expect(deviation).toBeCloseTo(Math.sqrt((n ** 2 - 1) / 12), 6);
    expect(zeros).toBe(1);
    expect(histogram).toEqual(new Array(64).fill(n / 64));
  });

  it("keep small deviations around large means", async () => {
    const { deviation } = await summary(Float32Array.from({ length: 300_000 }, (_, i) => 4096 + (i % 2)));
    expect(deviation).toBeCloseTo(0.5, 9);
  });

  it("put a constant into one bin, and say nothing of nothing", async () => {
    expect((await summary([3, 3, 3])).histogram).toEqual([3]);
    expect(await summary([])).toMatchObject({ count: 0, minimum: 0, maximum: 0, mean: 0, deviation: 0 });
    expect(await summary([Number.NaN])).toMatchObject({ count: 1, minimum: 0, notFinite: 1, histogram: [0] });
  });

  it("let others have their turn between blocks", async () => {
    let pauses = 0;
    await summarize(source(new Float32Array(1_000_000)), async () => void pauses++);
    expect(pauses).toBeGreaterThanOrEqual(4);
  });
});
