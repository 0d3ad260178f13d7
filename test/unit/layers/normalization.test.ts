import { describe, expect, test } from "vitest";
import { errorOf, shapeOf } from "./layerOf.js";
import { type TorchCase, testTorchCases } from "./torchCases.js";

const CASES: readonly TorchCase[] = [
  {
    call: "F.layer_norm(x.permute(0, 2, 3, 1), (3,), w, b, eps=1e-3).permute(0, 3, 1, 2)",
    layer: { type: "layerNormalization" },
    input: [1, 2, 2, 3],
    output: {
      shape: [1, 2, 2, 3],
      data: [-2.12801, -0.80532, 0.01022, 0.10771, -0.7222, -2.06121, 0.29686, -1.04198, -1.95511, 0.00676, -2.05254, -0.82559],
    },
  },
  {
    call: "F.layer_norm(x, (3, 2, 1), w, b, eps=0.1)",
    layer: { type: "layerNormalization", axes: 3, epsilon: 0.1 },
    input: [2, 2, 1, 3],
    output: {
      shape: [2, 2, 1, 3],
      data: [-1.75471, -1.01266, -0.48028, -0.34717, -0.3012, 0.18973, 0.48518, -0.35926, -0.99093, -1.02645, -0.48594, 0.22836],
    },
  },
  {
    call: "F.group_norm(x, 2, w, b, eps=1e-3)",
    layer: { type: "groupNormalization", groups: 2 },
    input: [1, 2, 2, 4],
    output: {
      shape: [1, 2, 2, 4],
      data: [
        -0.30465, 0.10972, 0.13935, 0.03685, 0.32908, -0.16303, -0.79436, -0.94407, -1.77821, -2.32064, -2.20375, -1.49128, -1.89519,
        -1.51879, -0.92443, -0.37616,
      ],
    },
  },
  {
    call: "F.instance_norm(x, weight=w, eps=0.01)",
    layer: { type: "groupNormalization", groups: 3, epsilon: 0.01, center: false },
    input: [1, 3, 2, 3],
    output: {
      shape: [1, 3, 2, 3],
      data: [
        0.47422, 0.85598, 0.90278, 1.3002, 1.00249, 0.45577, 0.14155, -0.52605, -0.90451, -1.37037, -1.57747, -1.2628, -1.10678, -0.67139,
        -0.11463, 0.56118, 0.91645, 0.92339,
      ],
    },
  },
  {
    call: "F.group_norm(x, 1, eps=1e-3)",
    layer: { type: "groupNormalization", groups: 1, scale: false, center: false },
    input: [2, 1, 2, 2],
    output: { shape: [2, 1, 2, 2], data: [-1.57164, -0.11906, 0.76534, 0.92536, 1.24588, 0.5484, -0.39019, -1.40409] },
  },
  {
    call: "F.local_response_norm(x, 3, alpha=0.5)",
    layer: { type: "localResponseNormalization", size: 3, alpha: 0.5 },
    input: [1, 1, 2, 5],
    output: { shape: [1, 1, 2, 5], data: [0.37698, 0.62486, 0.73829, 0.75581, 0.7076, 0.54188, 0.16811, -0.22985, -0.5393, -0.77657] },
  },
  {
    call: "F.local_response_norm(x, 4, alpha=2, beta=0.5, k=2)",
    layer: { type: "localResponseNormalization", size: 4, alpha: 2, beta: 0.5, k: 2 },
    input: [1, 1, 2, 6],
    output: {
      shape: [1, 1, 2, 6],
      data: [0.26718, 0.44604, 0.52472, 0.52348, 0.45844, 0.32554, 0.12353, -0.1627, -0.38243, -0.50308, -0.53219, -0.51133],
    },
  },
];

describe("normalization as PyTorch computes it", () => testTorchCases(CASES));

describe("normalization", () => {
  test("has parameters for what it normalizes", () => {
    expect(shapeOf({ type: "layerNormalization", axes: 2 }, [4, 5, 6]).parameters.map(({ name, shape }) => [name, shape])).toEqual([
      ["gamma", [5, 6]],
      ["beta", [5, 6]],
    ]);
    const { parameters, formulas } = shapeOf({ type: "groupNormalization", groups: 3 }, [4, 5, 6]);
    expect(parameters.map(({ shape }) => shape)).toEqual([[6], [6]]);
    expect(formulas()).toEqual([{ label: "parameters", expression: "6 + 6", value: "12" }]);
  });

  test("says what is wrong", () => {
    expect(errorOf({ type: "layerNormalization", axes: 2 }, [7])).toBe("axes 2 is more than the axes of 7; use 1 to 1");
    expect(errorOf({ type: "groupNormalization", groups: 4 }, [3, 3, 6])).toBe(
      "groups 4 does not divide 6 channels; use a divisor, such as 2",
    );
    expect(errorOf({ type: "localResponseNormalization", size: 5 }, [7])).toContain("needs an image");
  });
});
