import { describe, expect, test } from "vitest";
import { lossPerExample } from "../../../src/compile/loss.js";
import { metricPerExample } from "../../../src/compile/metrics.js";
import { type Activation, lowerActivation } from "../../../src/layers/activation.js";
import type { LossName, MetricName } from "../../../src/model/training.js";
import type { GraphBuilder } from "../../../src/program/graphBuilder.js";
import type { Value } from "../../../src/program/types.js";
import { numbers } from "../program/call.js";

const answerOf = (b: GraphBuilder, z: Value, activation: Activation) => ({
  output: lowerActivation(b, activation, z),
  beforeActivation: z,
  activation,
});

function fed(rows: readonly (readonly number[])[], labels: readonly number[]) {
  const shape = [rows.length, rows[0]?.length ?? 0];
  return [
    { shape, data: rows.flat() },
    { shape: [labels.length], data: labels, dtype: "int32" },
  ] as const;
}

const losses = (loss: LossName, activation: Activation, rows: readonly (readonly number[])[], labels: readonly number[]) =>
  numbers((b, z, y) => lossPerExample(b, loss, answerOf(b, z, activation), y), ...fed(rows, labels));

const metrics = (
  metric: MetricName,
  activation: Activation,
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  loss: LossName = "categoricalCrossentropy",
) => numbers((b, z, y) => metricPerExample(b, metric, loss, answerOf(b, z, activation), y), ...fed(rows, labels));

function expectClose(actual: readonly number[], ...expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(actual[i]).toBeCloseTo(value, 10);
  });
}

const log = Math.log;

describe("losses", () => {
  test("categoricalCrossentropy is the same from logits with and without softmax or its logarithm, and never overflows", () => {
    const rows = [
      [0, log(3)],
      [1000, 0],
    ];
    expectClose(losses("categoricalCrossentropy", "softmax", rows, [1, 1]), log(4 / 3), 1000);
    expectClose(losses("categoricalCrossentropy", "logSoftmax", rows, [1, 1]), log(4 / 3), 1000);
    expectClose(losses("categoricalCrossentropy", "linear", rows, [1, 1]), log(4 / 3), 1000);
  });

  test("categoricalCrossentropy scales the outputs of sigmoid to sum to 1", () => {
    // sigmoid(0) = 1/2, sigmoid(log 3) = 3/4
    expectClose(losses("categoricalCrossentropy", "sigmoid", [[0, log(3)]], [0]), log(5 / 2));
  });

  test("binaryCrossentropy of one unit works on the logit", () => {
    expectClose(losses("binaryCrossentropy", "sigmoid", [[log(3)], [log(3)], [-800]], [1, 0, 1]), log(4 / 3), log(4), 800);
  });

  test("binaryCrossentropy of more units takes the mean against one-hot", () => {
    expectClose(losses("binaryCrossentropy", "sigmoid", [[0, log(3)]], [1]), (log(2) + log(4 / 3)) / 2);
  });

  test("binaryCrossentropy of probabilities is clipped as Keras does", () => {
    expectClose(losses("binaryCrossentropy", "softmax", [[0, log(3)]], [1]), log(4 / 3));
    expectClose(losses("binaryCrossentropy", "relu", [[0]], [1]), -log(1e-7));
    expectClose(losses("binaryCrossentropy", "relu", [[2]], [0]), -log(1 - (1 - 1e-7)));
  });

  test("squared and absolute errors are means over outputs, against one-hot or the label", () => {
    expectClose(losses("meanSquaredError", "linear", [[0.5, 3]], [0]), (0.25 + 9) / 2);
    expectClose(losses("meanAbsoluteError", "linear", [[0.5, 3]], [0]), (0.5 + 3) / 2);
    expectClose(losses("meanSquaredError", "linear", [[0.5], [3]], [0, 1]), 0.25, 4);
  });
});

describe("metrics", () => {
  test("accuracy takes the largest output, also where softmax saturates", () => {
    expect(
      metrics(
        "accuracy",
        "softmax",
        [
          [1, 2, 0],
          [800, 801, 0],
          [3, 2, 1],
        ],
        [1, 1, 1],
      ),
    ).toEqual([1, 1, 0]);
  });

  test("accuracy of one unit has its threshold at one half, of a logit at 0", () => {
    expect(metrics("accuracy", "sigmoid", [[1], [1], [-1]], [1, 0, 0], "binaryCrossentropy")).toEqual([1, 0, 1]);
    expect(metrics("accuracy", "linear", [[0.2], [0.2]], [1, 0], "binaryCrossentropy")).toEqual([1, 0]);
    expect(metrics("accuracy", "linear", [[0.2], [0.7]], [1, 1], "meanSquaredError")).toEqual([0, 1]);
  });

  test("top5 looks at the five largest", () => {
    expect(
      metrics(
        "top5",
        "softmax",
        [
          [6, 5, 4, 3, 2, 1],
          [6, 5, 4, 3, 2, 1],
        ],
        [4, 5],
      ),
    ).toEqual([1, 0]);
  });

  test("meanAbsoluteError compares outputs with one-hot", () => {
    expectClose(metrics("meanAbsoluteError", "softmax", [[0, log(3)]], [1]), 0.25);
  });
});
