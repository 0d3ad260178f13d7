import { describe, expect, test } from "vitest";
import { layerGradientError } from "./layerGradient.js";
import { errorOf, shapeOf } from "./layerOf.js";
import { runLayer } from "./runLayer.js";

type Json = Readonly<Record<string, unknown>>;

const rounded = (json: Json, data: readonly number[], shape: readonly number[] = [1, data.length]) =>
  runLayer(json, [{ shape, data }]).output.data.map((value) => Number(value.toFixed(6)));

describe("power", () => {
  // torch.tensor([...], dtype=torch.float64).pow(exponent)
  test.each([
    [2, [-2, -0.5, 0, 0.25, 3], [4, 0.25, 0, 0.0625, 9]],
    [3, [-2, -0.5, 0, 0.25, 3], [-8, -0.125, 0, 0.015625, 27]],
    [5, [-2, -0.5, 0, 0.25, 3], [-32, -0.03125, 0, 0.000977, 243]],
    [-1, [-2, -0.5, 0, 0.25, 3], [-0.5, -2, Number.POSITIVE_INFINITY, 4, 0.333333]],
    [0, [-2, 0, 3], [1, 1, 1]],
    [0.5, [0, 0.25, 4, 9], [0, 0.5, 2, 3]],
    [1.5, [0, 0.25, 4, 9], [0, 0.125, 8, 27]],
    [-0.5, [0, 0.25, 4, 9], [Number.POSITIVE_INFINITY, 2, 0.5, 0.333333]],
    [1 / 3, [0, 0.25, 4, 9], [0, 0.629961, 1.587401, 2.080084]],
  ])("%d", (exponent, xs, expected) => {
    expect(rounded({ type: "power", exponent }, xs)).toEqual(expected);
  });

  test("a negative number has no broken one", () => {
    expect(rounded({ type: "power", exponent: 1.5 }, [-1])).toEqual([Number.NaN]);
  });
});

test("eLU falls to -alpha", () => {
  // torch.nn.functional.elu(x, 0.5)
  expect(rounded({ type: "eLU", alpha: 0.5 }, [-2, -0.5, 0, 0.25, 3])).toEqual([-0.432332, -0.196735, 0, 0.25, 3]);
});

test("softmax goes along the axis that it names", () => {
  // torch.softmax(torch.log(torch.tensor([[1., 2., 3.], [3., 6., 1.]])), dim=0)
  const logs = [1, 2, 3, 3, 6, 1].map(Math.log);
  expect(rounded({ type: "softmax", axis: 1 }, logs, [1, 2, 3])).toEqual([0.25, 0.25, 0.75, 0.75, 0.75, 0.25]);
  expect(rounded({ type: "softmax" }, logs, [1, 2, 3])).toEqual([0.166667, 0.333333, 0.5, 0.3, 0.6, 0.1]);
  expect(errorOf({ type: "softmax", axis: 3 }, [2, 3])).toBe("axis 3 is not one of 2x3; use -1, the last");
});

test("rescaling", () => {
  expect(rounded({ type: "rescaling", scale: 2, offset: -1 }, [0, 0.5, 1])).toEqual([-1, 0, 1]);
  const each = { type: "rescaling", scale: [2, 0.5], offset: [1, -3] };
  expect(rounded(each, [1, 2, 3, 4], [1, 2, 2])).toEqual([3, -2, 7, -1]);
  expect(errorOf(each, [2, 2, 3])).toBe("has 2 numbers of scale for 2x2x3; use one, or one for each of the last axis");
});

describe("pReLU", () => {
  test("has a slope for each number, channel or layer", () => {
    const slopes = (json: Json) => shapeOf({ type: "pReLU", ...json }, [4, 5, 3]).parameters.map(({ shape }) => shape);
    expect(slopes({})).toEqual([[4, 5, 3]]);
    expect(slopes({ sharedAxes: [1, 2] })).toEqual([[1, 1, 3]]);
    expect(slopes({ sharedAxes: [1, 2, 3] })).toEqual([[1, 1, 1]]);
    expect(errorOf({ type: "pReLU", sharedAxes: [2] }, [4])).toBe("sharedAxes names axis 2, but the input 4 has 1; use axes from 1 to 1");
  });
});

describe("reductions", () => {
  const image = Array.from({ length: 12 }, (_, i) => i);

  test.each([
    ["reduceSum", [0], [12, 15, 18, 21]],
    ["reduceMean", [1], [1.5, 5.5, 9.5]],
    ["reduceMax", [0, 1], [11]],
    ["reduceMean", [-1, -3, -1], [4, 5, 6, 7]],
  ])("%s along %j", (type, axes, expected) => {
    expect(rounded({ type, axes }, image, [1, 3, 4, 1])).toEqual(expected);
  });

  test("keep axes, or leave them out", () => {
    expect(shapeOf({ type: "reduceMean", axes: [0, 1], keepDims: true }, [3, 4, 5]).output).toEqual([1, 1, 5]);
    expect(shapeOf({ type: "reduceMean", axes: [2] }, [3, 4, 5]).output).toEqual([3, 4]);
    expect(shapeOf({ type: "reduceMax", axes: [1, 3] }, [3, 4, 5, 6]).output).toEqual([3, 5]);
    expect(errorOf({ type: "reduceMax", axes: [3] }, [3, 4, 5])).toBe("axis 3 is not one of 3x4x5; use -1, the last");
  });
});

describe("merges", () => {
  test("repeat sizes of 1 and say what does not fit", () => {
    expect(shapeOf({ type: "multiply" }, [8, 8, 16], [1, 1, 16]).output).toEqual([8, 8, 16]);
    expect(shapeOf({ type: "add" }, [8, 1, 1], [1, 8, 16], [1, 1, 1]).output).toEqual([8, 8, 16]);
    expect(errorOf({ type: "multiply" }, [8, 8, 16], [16])).toContain("reshape layer_2 to 3 axes");
    expect(errorOf({ type: "subtract" }, [2], [2], [2])).toBe("joins two inputs, but gets 3; join the others by a layer of their own");
  });

  test.each([
    ["subtract", [-3, -2]],
    ["divide", [0.25, 0.5]],
  ])("%s", (type, expected) => {
    const [a, b] = [
      { shape: [1, 2], data: [1, 2] },
      { shape: [1, 1], data: [4] },
    ];
    expect(runLayer({ type }, [a, b]).output.data).toEqual(expected);
  });
});

test.each<[Json, number[][]]>([
  ...["add", "multiply", "average", "maximum", "minimum", "subtract", "divide"].map((type): [Json, number[][]] => [
    { type },
    [
      [3, 1, 2],
      [1, 4, 2],
    ],
  ]),
  [
    { type: "average" },
    [
      [2, 1],
      [2, 3],
      [1, 3],
    ],
  ],
  [
    { type: "concatenate", axis: 2 },
    [
      [2, 1, 3, 2],
      [2, 2, 3, 2],
    ],
  ],
  [{ type: "softmax", axis: 1 }, [[3, 2, 4]]],
  [{ type: "leakyReLU", alpha: 0.01 }, [[6]]],
  [{ type: "eLU", alpha: 0.5 }, [[6]]],
  [{ type: "pReLU", sharedAxes: [1, 2] }, [[2, 3, 2]]],
  [{ type: "rescaling", scale: 0.5, offset: 3 }, [[6]]],
  [{ type: "reduceMean", axes: [0, 2] }, [[2, 3, 4]]],
  [{ type: "reduceSum", axes: [1], keepDims: true }, [[2, 3, 4]]],
  [{ type: "reduceMax", axes: [-1] }, [[2, 3]]],
])("gradients of %j on %j are the slopes", (json, inputs) => {
  expect(layerGradientError(json, inputs)).toBeLessThan(1e-6);
});

test.each([2, 3, -1, 0.5, 1.5, -0.5])("the gradient of power %d is the slope", (exponent) => {
  expect(layerGradientError({ type: "power", exponent }, [[5]], true)).toBeLessThan(1e-6);
});
