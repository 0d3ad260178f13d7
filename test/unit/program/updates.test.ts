import { describe, expect, test } from "vitest";
import { ReferenceExecutor } from "../../../src/engine/reference/executor.js";
import { GraphBuilder } from "../../../src/program/graphBuilder.js";
import type { Update, Value } from "../../../src/program/types.js";

/** Runs an update on w = [1, 2] with gradients [0.5, -1], then again with [0.5, 1]; answers all variables after each. */
function twice(update: (b: GraphBuilder, rate: Value, gradient: Value) => Update, ...slots: readonly string[]): number[][] {
  const b = new GraphBuilder();
  b.variable("w", [2], "weight");
  for (const slot of slots) b.variable(slot, [2], "slot");
  const gradient = b.input("gradient", [2], "float32");
  const rate = b.input("rate", [], "float32");
  const feeds = [
    { name: "gradient", value: gradient },
    { name: "rate", value: rate },
  ];
  const executor = new ReferenceExecutor(b.finish({ step: { feeds, fetches: [], updates: [update(b, rate, gradient)] } }, 1));
  executor.write(new Map([["w", Float64Array.of(1, 2)]]));
  return [
    [0.5, -1],
    [0.5, 1],
  ].map((values) => {
    executor.runFloat64("step", { gradient: { shape: [2], data: values }, rate: { shape: [], data: [0.1] } });
    return executor.readFloat64(["w", ...slots]).flatMap((variable) => [...variable]);
  });
}

function expectNumbers(actual: readonly number[] | undefined, ...expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(actual?.[i]).toBeCloseTo(value, 12);
  });
}

describe("updates follow their formulas", () => {
  test("assign", () => {
    expectNumbers(twice((_, __, value) => ({ update: "assign", variable: "w", value }))[0], 0.5, -1);
  });

  test("sgd", () => {
    const [first, second] = twice((_, rate, gradient) => ({ update: "sgd", variable: "w", rate, gradient }));
    expectNumbers(first, 0.95, 2.1);
    expectNumbers(second, 0.9, 2);
  });

  test("momentum", () => {
    const update = (nesterov: boolean) => (_: GraphBuilder, rate: Value, gradient: Value) =>
      ({ update: "momentum", variable: "w", accumulator: "a", rate, gradient, momentum: 0.9, nesterov }) as const;
    const [first, second] = twice(update(false), "a");
    expectNumbers(first, 0.95, 2.1, 0.5, -1);
    // a = 0.9 * [0.5, -1] + [0.5, 1] = [0.95, 0.1]
    expectNumbers(second, 0.95 - 0.095, 2.1 - 0.01, 0.95, 0.1);
    // g + 0.9 a = [0.95, -1.9]
    expectNumbers(twice(update(true), "a")[0], 1 - 0.095, 2 + 0.19, 0.5, -1);
  });

  test("adam", () => {
    const update = (_: GraphBuilder, correctedRate: Value, gradient: Value) =>
      ({ update: "adam", variable: "w", mean: "m", square: "v", correctedRate, gradient, beta1: 0.9, beta2: 0.99, epsilon: 0.1 }) as const;
    const [first, second] = twice(update, "m", "v");
    expectNumbers(first, 1 - (0.1 * 0.05) / (0.05 + 0.1), 2 + (0.1 * 0.1) / (0.1 + 0.1), 0.05, -0.1, 0.0025, 0.01);
    // m = [0.9 * 0.05 + 0.05, -0.09 + 0.1], v = [0.99 * 0.0025 + 0.0025, 0.0099 + 0.01]
    const [w0 = 0, w1 = 0] = first ?? [];
    const [m0, m1, v0, v1] = [0.095, 0.01, 0.004975, 0.0199] as const;
    expectNumbers(second, w0 - (0.1 * m0) / (Math.sqrt(v0) + 0.1), w1 - (0.1 * m1) / (Math.sqrt(v1) + 0.1), m0, m1, v0, v1);
  });

  test("adam with decay shrinks the weight before its step", () => {
    const [first] = twice(
      (b, correctedRate, gradient) => ({
        update: "adam",
        variable: "w",
        mean: "m",
        square: "v",
        correctedRate,
        decay: b.scalar(0.25),
        gradient,
        beta1: 0.9,
        beta2: 0.99,
        epsilon: 0.1,
      }),
      "m",
      "v",
    );
    expectNumbers(first?.slice(0, 2), 0.75 - (0.1 * 0.05) / 0.15, 1.5 + (0.1 * 0.1) / 0.2);
  });

  test("rmsprop", () => {
    const [first, second] = twice(
      (_, rate, gradient) => ({
        update: "rmsprop",
        variable: "w",
        square: "s",
        accumulator: "a",
        rate,
        gradient,
        rho: 0.75,
        momentum: 0.5,
        epsilon: 0.0001,
      }),
      "s",
      "a",
    );
    const [a0, a1] = [0.05 / Math.sqrt(0.0626), -0.1 / Math.sqrt(0.2501)];
    expectNumbers(first, 1 - a0, 2 - a1, 0.0625, 0.25, a0, a1);
    // s = 0.75 * [0.0625, 0.25] + 0.25 * [0.25, 1]
    const [s0, s1] = [0.109375, 0.4375];
    const [b0, b1] = [0.5 * a0 + 0.05 / Math.sqrt(s0 + 0.0001), 0.5 * a1 + 0.1 / Math.sqrt(s1 + 0.0001)];
    expectNumbers(second, 1 - a0 - b0, 2 - a1 - b1, s0, s1, b0, b1);
  });

  test("values are computed before any update", () => {
    const b = new GraphBuilder();
    const w = b.variable("w", [], "weight");
    const doubled = b.add(w, w);
    const executor = new ReferenceExecutor(
      b.finish({ step: { feeds: [], fetches: [doubled], updates: [{ update: "assign", variable: "w", value: doubled }] } }, 1),
    );
    executor.write(new Map([["w", Float32Array.of(3)]]));
    expect(executor.run("step", {})).toEqual([{ shape: [], data: Float32Array.of(6) }]);
    expect(executor.run("step", {})).toEqual([{ shape: [], data: Float32Array.of(12) }]);
    expect(executor.read(["w"])).toEqual([Float32Array.of(12)]);
  });
});
