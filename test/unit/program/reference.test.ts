import { describe, expect, test } from "vitest";
import type { Padding } from "../../../src/program/types.js";
import { call, type Fed, numbers } from "./call.js";

const tensor = (shape: readonly number[], ...data: number[]): Fed => ({ shape, data });
const labels = (...data: number[]): Fed => ({ shape: [data.length], data, dtype: "int32" });

const none: Padding = [0, 0, 0, 0];
const convolution = { strides: [1, 1], dilation: [1, 1], padding: none, groups: 1 } as const;
const grid = tensor([1, 3, 3, 1], 1, 2, 3, 4, 5, 6, 7, 8, 9);

describe("element by element", () => {
  test.each([
    ["relu", [-1, 0, 2], [0, 0, 2]],
    ["elu", [-1, 0, 2], [Math.exp(-1) - 1, 0, 2]],
    ["sigmoid", [0, Math.log(3), -800], [0.5, 0.75, 0]],
    ["softplus", [0, 1000, -1000], [Math.LN2, 1000, 0]],
    ["sign", [-3, 0, 5], [-1, 0, 1]],
    // Abramowitz and Stegun, table 7.1.
    ["erf", [0, 0.5, 1, -2], [0, 0.5204998778, 0.8427007929, -0.995322265]],
    ["erf", [1e-9, 3, 7], [1.1283791671e-9, 0.9999779095, 1]],
  ] as const)("%s", (fn, x, y) => {
    numbers((b, value) => b.unary(fn, value), tensor([3], ...x.slice(0, 3))).forEach((result, i) => {
      expect(result).toBeCloseTo(y[i] ?? Number.NaN, 10);
    });
  });

  test("broadcasting repeats axes of size 1", () => {
    const row = tensor([1, 3], 1, 2, 3);
    const column = tensor([2, 1], 10, 20);
    expect(numbers((b, x, y) => b.subtract(x, y), row, column)).toEqual([-9, -8, -7, -19, -18, -17]);
  });

  test("comparisons answer 0 or 1", () => {
    const x = tensor([3], 1, 2, 3);
    expect(numbers((b, value) => b.binary("greater", value, b.scalar(2)), x)).toEqual([0, 0, 1]);
    expect(numbers((b, value) => b.binary("equal", value, b.scalar(2)), x)).toEqual([0, 1, 0]);
  });
});

describe("layout", () => {
  const x = tensor([2, 3], 1, 2, 3, 4, 5, 6);

  test("transpose", () => {
    expect(numbers((b, value) => b.transpose(value, [1, 0]), x)).toEqual([1, 4, 2, 5, 3, 6]);
    const cube = tensor([2, 1, 2], 1, 2, 3, 4);
    expect(call((b, value) => b.transpose(value, [2, 0, 1]), cube)[0]).toEqual({ shape: [2, 2, 1], data: Float64Array.of(1, 3, 2, 4) });
  });

  test("concat and slice", () => {
    const y = tensor([2, 1], 7, 8);
    expect(numbers((b, v, w) => b.concat([v, w], 1), x, y)).toEqual([1, 2, 3, 7, 4, 5, 6, 8]);
    expect(numbers((b, v) => b.slice(v, 1, 1, 2), x)).toEqual([2, 3, 5, 6]);
  });

  test("pad2d and crop2d", () => {
    const image = tensor([1, 1, 2, 1], 1, 2);
    expect(numbers((b, v) => b.pad2d(v, [1, 0, 0, 1], 9), image)).toEqual([9, 9, 9, 1, 2, 9]);
    expect(numbers((b, v) => b.crop2d(v, [1, 0, 0, 1]), grid)).toEqual([4, 5, 7, 8]);
  });

  test("oneHot", () => {
    expect(numbers((b, v) => b.oneHot(v, 3), labels(2, 0))).toEqual([0, 0, 1, 1, 0, 0]);
  });
});

test("reduce", () => {
  const x = tensor([2, 3], 1, 5, 3, 4, 2, 6);
  expect(numbers((b, v) => b.reduce("sum", v, [0], false), x)).toEqual([5, 7, 9]);
  expect(numbers((b, v) => b.reduce("mean", v, [1], false), x)).toEqual([3, 4]);
  expect(numbers((b, v) => b.reduce("max", v, [0, 1], false), x)).toEqual([6]);
});

test("matMul", () => {
  const a = tensor([2, 2], 1, 2, 3, 4);
  const c = tensor([2, 2], 5, 6, 7, 8);
  expect(numbers((b, x, y) => b.matMul(x, y), a, c)).toEqual([19, 22, 43, 50]);
  expect(numbers((b, x, y) => b.matMul(x, y, { transposeA: true }), a, c)).toEqual([26, 30, 38, 44]);
  expect(numbers((b, x, y) => b.matMul(x, y, { transposeB: true }), a, c)).toEqual([17, 23, 39, 53]);
});

describe("conv2d", () => {
  test("correlates: the kernel is not flipped", () => {
    const kernel = tensor([2, 2, 1, 1], 1, 10, 100, 1000);
    expect(numbers((b, x, k) => b.conv2d(x, k, convolution), grid, kernel)).toEqual([5421, 6532, 8754, 9865]);
  });

  test("strides and padding", () => {
    const kernel = tensor([2, 2, 1, 1], 1, 10, 100, 1000);
    const options = { ...convolution, strides: [2, 2] as const, padding: [1, 0, 1, 0] as const };
    expect(numbers((b, x, k) => b.conv2d(x, k, options), grid, kernel)).toEqual([1000, 3200, 7040, 9865]);
  });

  test("dilation leaves gaps", () => {
    const kernel = tensor([2, 2, 1, 1], 1, 10, 100, 1000);
    expect(numbers((b, x, k) => b.conv2d(x, k, { ...convolution, dilation: [2, 2] }), grid, kernel)).toEqual([9731]);
  });

  test("each filter sees its own group of channels", () => {
    const x = tensor([1, 1, 1, 4], 1, 2, 3, 4);
    // Filters 0 and 1 see channels 0 and 1, filters 2 and 3 see channels 2 and 3.
    const kernel = tensor([1, 1, 2, 4], 1, 2, 3, 4, 10, 20, 30, 40);
    expect(numbers((b, v, k) => b.conv2d(v, k, { ...convolution, groups: 2 }), x, kernel)).toEqual([21, 42, 129, 172]);
  });
});

describe("pooling", () => {
  const window = { size: [2, 2], strides: [2, 2], padding: [1, 0, 1, 0] } as const;

  test("padding never wins a maximum", () => {
    const negative = tensor(grid.shape, ...Array.from(grid.data, (value) => -value));
    expect(numbers((b, x) => b.maxPool2d(x, window), negative)).toEqual([-1, -2, -4, -5]);
  });

  test("padding counts in an average only if asked", () => {
    expect(numbers((b, x) => b.averagePool2d(x, { ...window, countPadding: false }), grid)).toEqual([1, 2.5, 5.5, 7]);
    expect(numbers((b, x) => b.averagePool2d(x, { ...window, countPadding: true }), grid)).toEqual([0.25, 1.25, 2.75, 7]);
  });

  test("of equal maxima the first gets the gradient", () => {
    const x = tensor([1, 2, 2, 1], 5, 5, 1, 5);
    const pool = { op: "maxPool2dGradient", size: [2, 2], strides: [2, 2], padding: none } as const;
    const gradient = numbers((b, v) => b.appendOne(pool, [v, b.maxPool2d(v, pool), b.constant([3], [1, 1, 1, 1])], v.shape), x);
    expect(gradient).toEqual([3, 0, 0, 0]);
  });
});

describe("batch normalization", () => {
  test("training uses the batch's own mean and biased variance", () => {
    const x = tensor([4, 1], 1, 2, 3, 4);
    const [y, mean, variance] = call((b, v) => b.batchNormTraining(v, b.constant([2], [1]), b.constant([10], [1]), 0), x);
    expect([...(mean?.data ?? []), ...(variance?.data ?? [])]).toEqual([2.5, 1.25]);
    const deviation = Math.sqrt(1.25);
    [-1.5, -0.5, 0.5, 1.5].forEach((distance, i) => {
      expect(y?.data[i]).toBeCloseTo(10 + (2 * distance) / deviation, 12);
    });
  });

  test("inference uses what it is given", () => {
    const one = (value: number) => tensor([1], value);
    const y = numbers(
      (b, x, g, beta, m, v) => b.batchNormInference(x, g, beta, m, v, 1),
      tensor([2, 1], 7, 1),
      one(2),
      one(5),
      one(1),
      one(8),
    );
    expect(y).toEqual([9, 5]);
  });
});

describe("classification", () => {
  test("softmax does not overflow", () => {
    const [a = 0, c = 0] = numbers((b, x) => b.softmax(x), tensor([1, 2], 1000, 1000 + Math.log(3)));
    expect(a).toBeCloseTo(0.25, 10);
    expect(c).toBeCloseTo(0.75, 10);
  });

  test("softmaxCrossEntropy is -log of the label's probability", () => {
    const logits = tensor([2, 3], 0, Math.log(2), Math.log(5), 0, 0, 0);
    const [loss, gradient] = call((b, x, y) => b.softmaxCrossEntropyWithGradient(x, y), logits, labels(2, 1));
    expect(loss?.data[0]).toBeCloseTo(-Math.log(5 / 8), 12);
    expect(loss?.data[1]).toBeCloseTo(Math.log(3), 12);
    [1 / 8, 1 / 4, 5 / 8 - 1, 1 / 3, 1 / 3 - 1, 1 / 3].forEach((expected, i) => {
      expect(gradient?.data[i]).toBeCloseTo(expected, 12);
    });
  });

  test("argMax takes the first of equals", () => {
    expect(numbers((b, x) => b.argMax(x), tensor([2, 3], 1, 4, 4, 9, 2, 9))).toEqual([1, 0]);
  });

  test("inTopK counts larger scores only", () => {
    const scores = tensor([3, 4], 4, 3, 2, 1, 4, 3, 2, 1, 2, 2, 2, 2);
    expect(numbers((b, x, y) => b.inTopK(x, y, 2), scores, labels(1, 2, 3))).toEqual([1, 0, 1]);
  });
});

test("random numbers are those of the seed, the stream and the step", () => {
  const like: Fed = { shape: [2, 3], data: new Float64Array(6) };
  const draw = (stream: number, ...counter: readonly number[]) =>
    numbers((b, x, c) => b.randomUniform(x, c, stream), like, { shape: [2], data: counter, dtype: "int32" });
  expect(draw(0, 1, 0)).toEqual(draw(0, 1, 0));
  expect(draw(0, 1, 0)).not.toEqual(draw(1, 1, 0));
  expect(draw(0, 1, 0)).not.toEqual(draw(0, 2, 0));
  for (const value of draw(0, 1, 0)) expect(value >= 0 && value < 1).toBe(true);
});
