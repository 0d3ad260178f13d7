import { describe, expect, test } from "vitest";
import { runLayer, sequence } from "./runLayer.js";

describe("dropout", () => {
  const input = { shape: [1, 4], data: [1, 2, 3, 4] };
  const uniform = [0.2, 0.26, 0.9, 0.25];

  test("drops what lies below its rate and scales up the rest", () => {
    const { output } = runLayer({ type: "dropout", rate: 0.25 }, [input], { training: true, uniform });
    expect(output.data.map((value) => Number(value.toFixed(6)))).toEqual([0, 2.666667, 4, 0]);
  });

  test("does nothing when the network is used, nor at rate 0", () => {
    expect(runLayer({ type: "dropout", rate: 0.25 }, [input]).output.data).toEqual(input.data);
    expect(runLayer({ type: "dropout", rate: 0 }, [input], { training: true }).output.data).toEqual(input.data);
  });
});

describe("batchNormalization while training", () => {
  // Channel values 1, 2, 3, 4: mean 2.5, variance 1.25 biased, 5/3 unbiased.
  const input = { shape: [4, 1, 1, 1], data: [1, 2, 3, 4] };
  const run = (more: object) =>
    runLayer({ type: "batchNormalization", scale: false, center: false, momentum: 0, epsilon: 1e-9, ...more }, [input], { training: true });

  test("brings each channel to mean 0 and variance 1", () => {
    const { output } = run({});
    const deviation = Math.sqrt(1.25);
    output.data.forEach((value, i) => {
      expect(value).toBeCloseTo(((input.data[i] ?? 0) - 2.5) / deviation, 6);
    });
  });

  test("moves to the biased variance as TensorFlow.js layers does, to the unbiased as PyTorch does", () => {
    expect(run({}).statistics.get("moving_variance")).toEqual([1.25]);
    expect(run({ variance: "unbiased" }).statistics.get("moving_variance")?.[0]).toBeCloseTo(5 / 3, 12);
    expect(run({}).statistics.get("moving_mean")).toEqual([2.5]);
  });

  test("a single number has no unbiased variance, and no NaN", () => {
    const single = { shape: [1, 1, 1, 1], data: [3] };
    const json = { type: "batchNormalization", variance: "unbiased", momentum: 0 };
    expect(runLayer(json, [single], { training: true }).statistics.get("moving_variance")).toEqual([0]);
  });

  test("momentum is the share of the old statistic", () => {
    const { statistics } = run({ momentum: 0.9 });
    // The old mean is the first number of the parameters' sequence: sin(3 * 12.9898).
    expect(statistics.get("moving_mean")?.[0]).toBeCloseTo(0.9 * Math.sin(3 * 12.9898) + 0.1 * 2.5, 6);
  });
});

describe("flatten", () => {
  // Two rows, one column, three channels: pixel by pixel 1 2 3, 4 5 6.
  const input = { shape: [1, 2, 1, 3], data: [1, 2, 3, 4, 5, 6] };

  test("goes pixel by pixel, or channel by channel as PyTorch does", () => {
    expect(runLayer({ type: "flatten" }, [input]).output.data).toEqual([1, 2, 3, 4, 5, 6]);
    expect(runLayer({ type: "flatten", order: "channelsFirst" }, [input]).output.data).toEqual([1, 4, 2, 5, 3, 6]);
  });

  test("leaves a row as it is", () => {
    const row = { shape: [1, 3], data: [1, 2, 3] };
    expect(runLayer({ type: "flatten", order: "channelsFirst" }, [row]).output.data).toEqual([1, 2, 3]);
  });
});

describe("conv2d with groups", () => {
  test("is the convolutions of its parts, side by side", () => {
    const input = sequence([1, 5, 4, 4]);
    const grouped = runLayer({ type: "conv2d", filters: 2, kernelSize: 3, groups: 2, useBias: false, padding: "same" }, [input]).output;
    expect(grouped.shape).toEqual([1, 5, 4, 2]);
    // By hand at row 2, column 1, filter 1: channels 2 and 3 with the second filter's 3x3x2 weights.
    const kernel = sequence([3, 3, 2, 2], 3).data;
    let sum = 0;
    for (let y = 0; y < 3; y++)
      for (let x = 0; x < 3; x++)
        for (let c = 0; c < 2; c++)
          sum += (input.data[((1 + y) * 4 + x) * 4 + 2 + c] ?? Number.NaN) * (kernel[((y * 3 + x) * 2 + c) * 2 + 1] ?? Number.NaN);
    expect(grouped.data[(2 * 4 + 1) * 2 + 1]).toBeCloseTo(sum, 10);
  });
});

test("padding in numbers adds zeros where it says", () => {
  const input = { shape: [1, 2, 2, 1], data: [1, 2, 3, 4] };
  const padded = runLayer(
    {
      type: "zeroPadding2d",
      padding: [
        [1, 0],
        [0, 2],
      ],
    },
    [input],
  ).output;
  expect(padded).toEqual({ shape: [1, 3, 4, 1], data: [0, 0, 0, 0, 1, 2, 0, 0, 3, 4, 0, 0] });
  const pooled = runLayer({ type: "maxPooling2d", poolSize: 2, strides: 1, padding: [[1, 0], 0] }, [input]).output;
  expect(pooled).toEqual({ shape: [1, 2, 1, 1], data: [2, 4] });
});
