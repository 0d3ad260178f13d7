import { describe, expect, test } from "vitest";
import { initialValues } from "../../../src/compile/initialize.js";
import type { Initializer } from "../../../src/layers/kind.js";

const COUNT = 20_000;

function values(initializer: Initializer, seed = 1): number[] {
  const variable = { name: "w", shape: [COUNT], role: "weight" } as const;
  const program = { nodes: [], variables: [variable], functions: {}, seed };
  return [...(initialValues({ program, initial: new Map([["w", initializer]]) }, seed).get("w") ?? [])];
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
const variance = (numbers: readonly number[]) => {
  const middle = mean(numbers);
  return mean(numbers.map((x) => (x - middle) ** 2));
};
const largest = (numbers: readonly number[]) => numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

describe("initial values", () => {
  test.each([
    [{ kind: "zeros" }, 0],
    [{ kind: "ones" }, 1],
    [{ kind: "constant", value: -2.5 }, -2.5],
  ] as const)("%o", (initializer, value) => {
    expect(new Set(values(initializer))).toEqual(new Set([value]));
  });

  test("uniform and normal numbers have their bounds and moments", () => {
    const uniform = values({ kind: "randomUniform", low: 1, high: 3 });
    expect(mean(uniform)).toBeCloseTo(2, 1);
    expect(largest(uniform.map((x) => x - 2))).toBeLessThanOrEqual(1);
    expect(variance(uniform)).toBeCloseTo(1 / 3, 1);
    const normal = values({ kind: "randomNormal", mean: 5, deviation: 2 });
    expect(Math.abs(mean(normal) - 5)).toBeLessThan(0.06);
    expect(Math.abs(variance(normal) - 4)).toBeLessThan(0.2);
    const truncated = values({ kind: "truncatedNormal", mean: 0, deviation: 2 });
    expect(largest(truncated)).toBeLessThanOrEqual(4);
    expect(largest(truncated)).toBeGreaterThan(3.9);
  });

  describe.each([
    { mode: "fanIn", expected: 2 / 50 },
    { mode: "fanOut", expected: 2 / 150 },
    { mode: "fanAverage", expected: 2 / 100 },
  ] as const)("variance scaling by $mode", ({ mode, expected }) => {
    test.each(["uniform", "normal", "truncatedNormal"] as const)("%s has variance scale / fan", (distribution) => {
      const numbers = values({ kind: "varianceScaling", scale: 2, mode, distribution, fanIn: 50, fanOut: 150 });
      expect(Math.abs(mean(numbers))).toBeLessThan(0.03 * Math.sqrt(expected));
      expect(Math.abs(variance(numbers) / expected - 1)).toBeLessThan(0.04);
      if (distribution === "uniform") expect(largest(numbers)).toBeLessThanOrEqual(Math.fround(Math.sqrt(3 * expected)));
      if (distribution === "truncatedNormal") expect(largest(numbers)).toBeLessThanOrEqual((2 / 0.8796256610342398) * Math.sqrt(expected));
    });
  });

  test("the seed decides", () => {
    const initializer = { kind: "randomNormal", mean: 0, deviation: 1 } as const;
    expect(values(initializer, 1)).toEqual(values(initializer, 1));
    expect(values(initializer, 1)).not.toEqual(values(initializer, 2));
  });
});
