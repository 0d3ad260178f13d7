import { describe, expect, test } from "vitest";
import { LAYERS } from "../../../src/layers/catalogue.js";
import { fastest } from "../../fixtures/fastest.js";
import { errorOf, inferLayer, layerOf, shapeOf } from "./layerOf.js";

const image = [28, 28, 1];

describe("output shapes beyond what TensorFlow.js layers has", () => {
  test.each([
    // PyTorch's formula with padding p: floor((n + 2p - d(k - 1) - 1)/s) + 1
    [{ type: "conv2d", filters: 64, kernelSize: 7, strides: 2, padding: 3 }, [224, 224, 3], "112x112x64"],
    [{ type: "conv2d", filters: 8, kernelSize: 3, padding: [2, 0] }, [10, 10, 4], "12x8x8"],
    [{ type: "conv2d", filters: 8, kernelSize: 3, padding: [[0, 1], 2] }, [10, 10, 4], "9x12x8"],
    [{ type: "conv2d", filters: 8, kernelSize: 3, dilationRate: 3, padding: 3 }, [10, 10, 4], "10x10x8"],
    [{ type: "maxPooling2d", poolSize: 3, strides: 2, padding: 1 }, [112, 112, 64], "56x56x64"],
    [{ type: "zeroPadding2d" }, [5, 6, 7], "7x8x7"],
    [{ type: "flatten" }, [5, 5, 16], "400"],
    [{ type: "concatenate", axis: -2 }, [3, 4, 2], "3x8x2"],
  ] as const)("%j on %j is %s", (json, input, expected) => {
    const inputs = json.type === "concatenate" ? [input, input] : [input];
    expect(shapeOf(json, ...inputs).output.join("x")).toBe(expected);
  });

  test("groups divide the weights: MobileNet's depthwise 3x3 on 112x112x32 has 288 and 3.6 million multiply-adds", () => {
    const shape = shapeOf({ type: "conv2d", filters: 32, kernelSize: 3, padding: "same", groups: 32, useBias: false }, [112, 112, 32]);
    expect(shape.parameters.map((parameter) => parameter.shape)).toEqual([[3, 3, 1, 32]]);
    expect(shape.multiplyAdds).toBe(3_612_672);
  });
});

describe("formulas say how the numbers come about", () => {
  const formulas = (json: Parameters<typeof shapeOf>[0], ...inputs: number[][]) =>
    shapeOf(json, ...inputs)
      .formulas()
      .map(({ label, expression, value }) => `${label}: ${expression} = ${value}`);

  test("of conv2d", () => {
    expect(formulas({ type: "conv2d", filters: 16, kernelSize: 5 }, [14, 14, 6])).toEqual([
      "height, width: floor((14 + 2*0 - 5)/1) + 1 = 10",
      "parameters: 5*5*6*16 + 16 = 2,416",
      "multiply-adds: 10*10*16 * 5*5*6 = 240,000",
    ]);
    expect(formulas({ type: "conv2d", filters: 6, kernelSize: 5, padding: "same" }, image)[0]).toBe(
      "height, width: floor((28 + 2*2 - 5)/1) + 1 = 28",
    );
  });

  test("of padding that is not even, and of height and width apart", () => {
    expect(formulas({ type: "conv2d", filters: 1, kernelSize: [2, 3], strides: [1, 2], padding: "same" }, [4, 6, 1]).slice(0, 2)).toEqual([
      "height: floor((4 + 0 + 1 - 2)/1) + 1 = 4",
      "width: floor((6 + 0 + 1 - 3)/2) + 1 = 3",
    ]);
  });

  /** What a formula's text says, computed. */
  const computed = (expression: string) => Number(Function(`"use strict"; const floor = Math.floor; return ${expression};`)());

  test.each([
    [{ type: "conv2d", filters: 8, kernelSize: 3, dilationRate: 2, strides: 2, groups: 2 }, [17, 13, 4]],
    [{ type: "conv2d", filters: 8, kernelSize: [4, 3], padding: "same", strides: 3 }, [17, 13, 4]],
    [{ type: "maxPooling2d", poolSize: 3, strides: 2, padding: [[1, 0], 1] }, [17, 13, 4]],
    [{ type: "dense", units: 7 }, [12]],
    [{ type: "batchNormalization" }, [17, 13, 4]],
    [{ type: "flatten" }, [17, 13, 4]],
  ] as const)("of %j come out as they say", (json, input) => {
    const told = shapeOf(json, input).formulas();
    expect(told.length).toBeGreaterThan(0);
    for (const { expression, value } of told) expect(computed(expression)).toBe(Number(value.replaceAll(",", "")));
  });
});

describe("what does not fit is told with both shapes and what would fit", () => {
  test.each([
    [
      { type: "conv2d", filters: 8, kernelSize: 7 },
      [5, 5, 6],
      "kernelSize 7 does not fit a 5x5 input with padding valid; use padding same or a kernel up to 5",
    ],
    [
      { type: "conv2d", filters: 8, kernelSize: [3, 7] },
      [9, 5, 6],
      "kernelSize 3x7 does not fit a 9x5 input with padding valid; use padding same or a kernel up to 3x5",
    ],
    [
      { type: "conv2d", filters: 8, kernelSize: 3, dilationRate: 4 },
      [5, 5, 6],
      "kernelSize 3 with dilationRate 4 spans 9 and does not fit a 5x5 input with padding valid; use padding same or a kernel up to 2",
    ],
    [
      { type: "maxPooling2d", poolSize: 4 },
      [3, 3, 1],
      "poolSize 4 does not fit a 3x3 input with padding valid; use padding same or a pool up to 3",
    ],
    [
      { type: "maxPooling2d", poolSize: 2, padding: 2 },
      [8, 8, 1],
      "padding 2 leaves windows of poolSize 2 without a pixel; use padding up to 1 or same",
    ],
    [
      { type: "conv2d", filters: 8, kernelSize: 3, groups: 4 },
      [8, 8, 6],
      "groups 4 does not divide 6 input channels; use a divisor of both 6 and 8, such as 2",
    ],
    [
      { type: "conv2d", filters: 9, kernelSize: 3, groups: 6 },
      [8, 8, 6],
      "groups 6 does not divide 9 filters; use a divisor of both 6 and 9, such as 3",
    ],
    [{ type: "dense", units: 10 }, [5, 5, 16], "needs a vector, but gets 5x5x16; insert a flatten before it"],
    [
      { type: "conv2d", filters: 8, kernelSize: 3 },
      [400],
      "needs an image (height x width x channels), but gets 400; put it before flatten, dense and global pooling",
    ],
    [{ type: "maxPooling2d" }, [28, 28], "needs an image (height x width x channels), but gets 28x28; reshape it to 28x28x1 first"],
    [{ type: "concatenate", axis: 3 }, [10], 'joins two inputs or more, but gets 1; name them, as in "inputs": ["conv2d_1", "conv2d_2"]'],
  ])("%j on %j", (json, input, message) => {
    expect(errorOf(json, input)).toBe(message);
  });

  test("add names both and a way to agree", () => {
    const add = (a: number[], b: number[]) => errorOf({ type: "add" }, a, b);
    const both = "needs equal shapes, but gets";
    expect(add([56, 56, 64], [28, 28, 64])).toBe(
      `${both} 56x56x64 (layer_1) and 28x28x64 (layer_2); give layer_1 strides 2, or pool its output`,
    );
    expect(add([28, 28, 64], [56, 56, 64])).toContain("give layer_2 strides 2");
    expect(add([28, 28, 32], [28, 28, 64])).toContain("give layer_2 32 channels with a conv2d of kernelSize 1");
    expect(add([10], [28, 28, 64])).toContain("reshape layer_1 to 3 axes, with 1 where its numbers are to be repeated");
  });

  test("fixes set what would fit", () => {
    const inferred = inferLayer({ type: "conv2d", filters: 8, kernelSize: 7 }, [5, 5, 6]);
    expect(inferred.ok ? [] : inferred.error.fixes).toEqual([
      { title: "Use padding same", set: { padding: "same" } },
      { title: "Set kernelSize 5", set: { kernelSize: 5 } },
    ]);
  });

  /** A fix is right if with it the layer fits (and, of a warning, does not warn). */
  test.each([
    [{ type: "conv2d", filters: 8, kernelSize: [9, 3] }, [5, 5, 6]],
    [{ type: "conv2d", filters: 8, kernelSize: 3, dilationRate: [1, 4] }, [5, 5, 6]],
    [{ type: "conv2d", filters: 8, kernelSize: 3, groups: 12 }, [5, 5, 18]],
    [{ type: "maxPooling2d", poolSize: 9 }, [5, 6, 6]],
    [{ type: "averagePooling2d", poolSize: 3, padding: [4, 1] }, [5, 6, 6]],
    [{ type: "maxPooling2d" }, [55, 54, 2]],
    [{ type: "maxPooling2d", poolSize: 2, strides: 3 }, [12, 13, 2]],
    [{ type: "concatenate", axis: 3 }, [10]],
    [{ type: "activation", activation: "relu", alpha: 0.2 }, [10]],
  ] as const)("fixes of %j on %j do fix it", (json, input) => {
    const inputs = json.type === "concatenate" ? [input, input] : [input];
    const inferred = inferLayer(json, ...inputs);
    const problem = inferred.ok ? inferred.value.warnings[0] : inferred.error;
    expect(problem?.fixes.length).toBeGreaterThan(0);
    for (const fix of problem?.fixes ?? []) {
      const fixed = shapeOf({ ...json, ...("set" in fix ? fix.set : {}) }, ...inputs);
      expect(fixed.warnings).toEqual([]);
    }
  });

  test("pooling warns of rows it never reads", () => {
    const [warning] = shapeOf({ type: "maxPooling2d" }, [55, 55, 96]).warnings;
    expect(warning?.message).toBe("strides 2 leave 1 row and 1 column of 55x55 unread; poolSize 3 reads them all");
    expect(shapeOf({ type: "maxPooling2d" }, [28, 28, 6]).warnings).toEqual([]);
  });
});

describe("absurd sizes", () => {
  const huge = 1_000_000_000;
  test.each([
    { type: "conv2d", filters: huge, kernelSize: huge, padding: huge, dilationRate: huge, strides: huge, groups: huge },
    { type: "conv2d", filters: huge, kernelSize: huge, padding: "same", groups: huge - 1 },
    { type: "conv2d", filters: 999_999_937, kernelSize: 1, groups: huge },
    { type: "maxPooling2d", poolSize: huge, strides: 1, padding: "same" },
    { type: "zeroPadding2d", padding: huge },
    { type: "dense", units: huge },
    { type: "conv2dTranspose", filters: huge, kernelSize: huge, strides: huge, dilationRate: huge, outputPadding: huge, padding: huge },
    { type: "separableConv2d", filters: huge, kernelSize: huge, depthMultiplier: huge, padding: "same" },
    { type: "averagePooling2d", poolSize: huge, strides: 1, padding: huge - 1, ceilMode: true },
    { type: "adaptiveMaxPooling2d", outputSize: huge },
    { type: "layerNormalization", axes: huge },
    { type: "groupNormalization", groups: huge },
    { type: "bias", shape: [huge, huge, huge] },
  ])("are answered at once: %j", async (json) => {
    const infer = () => {
      for (const input of [[huge, huge, huge], [1, 1, 1], [huge]]) {
        const inferred = inferLayer(json, input);
        const numbers = inferred.ok ? [...inferred.value.output, inferred.value.multiplyAdds] : [0];
        for (const number of numbers) expect(Number.isFinite(number)).toBe(true);
      }
    };
    expect(await fastest(infer)).toBeLessThan(50);
  });
});

test("every kind says what it is and can be made from its examples", () => {
  expect(new Set(LAYERS.map((kind) => kind.type)).size).toBe(LAYERS.length);
  for (const kind of LAYERS) {
    expect(kind.summary).toMatch(/\.$/);
    for (const [name, { doc }] of Object.entries(kind.arguments)) expect(`${name}: ${doc}`).toMatch(/\.$/);
  }
  expect(layerOf({ type: "conv2d", filters: 1, kernelSize: 1 }).args["padding"]).toBe("valid");
});
