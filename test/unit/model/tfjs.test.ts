import "@tensorflow/tfjs-backend-cpu";
import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { ACTIVATIONS } from "../../../src/layers/activation.js";
import { LAYERS } from "../../../src/layers/catalogue.js";
import { tfjsDescription } from "../../../src/layers/tfjs/describe.js";
import { answers, expectEqual, network } from "./tfjsAnswers.js";

beforeAll(() => tf.setBackend("cpu"));

describe("a TensorFlow.js layers model", () => {
  it.each(["lenet5", "residual", "convnet", "glyphs"])(
    "predicts as examples/%s does",
    async (name) => {
      await expectEqual(readFileSync(`examples/${name}.cnn.json`, "utf8"));
    },
    60_000,
  );

  const convolutions: [string, object][] = [
    ["strides", { strides: [2, 1], padding: "same" }],
    ["dilation", { dilationRate: [2, 3], padding: "same" }],
    ["dilation and strides", { dilationRate: [2, 3], strides: 2, padding: "same" }],
    ["groups", { groups: 2 }],
    ["depthwise", { groups: 4, filters: 8, useBias: false }],
    [
      "explicit padding",
      {
        padding: [
          [0, 3],
          [2, 1],
        ],
      },
    ],
    [
      "everything",
      {
        groups: 2,
        dilationRate: 2,
        strides: [3, 2],
        padding: [
          [4, 0],
          [1, 3],
        ],
        activation: "leakyReLU",
      },
    ],
  ];
  it.each(convolutions)("convolves with %s", async (_what, args) => {
    await expectEqual(network([11, 9, 4], [{ type: "conv2d", filters: 6, kernelSize: [3, 2], ...args }]));
  });

  it("flattens channel by channel", async () => {
    const layers = [
      { type: "conv2d", filters: 3, kernelSize: 2 },
      { type: "flatten", order: "channelsFirst" },
    ];
    const source = JSON.stringify({ input: [4, 5, 2], layers: [...layers, { type: "dense", units: 5, activation: "softmax" }] });
    expect(await expectEqual(source)).toContain("Permute");
  });

  const lacking = ["hardSigmoid6", "logSigmoid", "hardTanh", "hardSwish", "geluTanh", "exponential", "absolute", "squareRoot"];
  const activated = (activation: string) =>
    network(
      [4, 4, 2],
      [
        { type: "activation", activation },
        { type: "conv2d", name: "stem", filters: 3, kernelSize: 2, activation },
      ],
    );

  it.each(ACTIVATIONS.filter((activation) => !lacking.includes(activation)))("has the activation %s", async (activation) => {
    await expectEqual(activated(activation));
  });

  it.each(lacking)("refuses the activation %s, which it lacks", async (activation) => {
    await expect(answers(activated(activation))).rejects.toThrow(
      `uses the activation ${activation}, which TensorFlow.js layers does not have`,
    );
  });

  it("arranges and calculates as ours do", async () => {
    const order = "channelsFirst";
    const names = await expectEqual(
      network(
        [8, 6, 2],
        [
          { type: "conv2d", filters: 4, kernelSize: 3, padding: "same" },
          { type: "pReLU", sharedAxes: [1, 2] },
          { type: "reshape", name: "groups", targetShape: [2, 2, 8, -1], order },
          { type: "permute", name: "swapped", dims: [2, 1, 3, 4], order },
          { type: "reshape", name: "shuffled", targetShape: [4, 8, 6], order },
          { type: "permute", dims: [1, 3, 2], order },
          { type: "cropping2d", cropping: [[1, 0], 2] },
          { type: "padding2d", padding: [[0, 1], 1], mode: "constant" },
          { type: "leakyReLU", alpha: 0.1 },
          { type: "eLU", name: "a" },
          { type: "softmax", name: "b", axis: 3 },
          { type: "rescaling", name: "c", scale: 3, offset: -1 },
          { type: "multiply", name: "d", inputs: ["a", "b"] },
          { type: "average", name: "e", inputs: ["a", "c"] },
          { type: "maximum", name: "f", inputs: ["d", "e", "a"] },
          { type: "minimum", inputs: ["f", "c"] },
          { type: "upSampling2d", name: "repeated", size: [2, 1] },
          { type: "upSampling2d", interpolation: "bilinearAsymmetric" },
        ],
      ),
    );
    expect(names).toContain("PReLU");
  });

  it.each([
    [{ type: "slice", axis: 0, end: 2 }, "takes part of an axis, which TensorFlow.js layers has no layer for"],
    [{ type: "resizing", height: 3, width: 3 }, "resizes to a height and width, which TensorFlow.js layers has no layer for"],
    [{ type: "upSampling2d", interpolation: "bilinear" }, "upsamples between pixel centres, which TensorFlow.js layers does not; use"],
    [{ type: "softmax", axis: 1 }, "has axis 1, but TensorFlow.js layers takes the last axis only"],
    [{ type: "eLU", alpha: 0.7 }, "has alpha 0.7, but TensorFlow.js layers computes 1 only"],
    [{ type: "padding2d", padding: 1 }, "pads with other numbers than zeros"],
  ])("refuses %j", async (layer, reason) => {
    await expect(answers(network([4, 4, 2], [{ ...layer, name: "odd" }]))).rejects.toThrow(`Layer odd ${reason}`);
  });

  it("has every other layer", async () => {
    const layers = await expectEqual(
      network(
        [12, 12, 2],
        [
          {
            type: "zeroPadding2d",
            padding: [
              [1, 0],
              [2, 3],
            ],
          },
          { type: "batchNormalization", scale: false, epsilon: 0.01 },
          { type: "conv2d", name: "a", filters: 4, kernelSize: 3, activation: "leakyReLU" },
          { type: "batchNormalization", center: false },
          { type: "maxPooling2d", poolSize: [3, 2], strides: 2, padding: "same" },
          { type: "averagePooling2d", name: "b", poolSize: 3, strides: 2, padding: "same" },
          { type: "activation", name: "c", activation: "tanh" },
          { type: "add", name: "d", inputs: ["b", "c"] },
          { type: "concatenate", inputs: ["d", "b"], axis: 3 },
          { type: "dropout", rate: 0.5 },
          { type: "activation", activation: "leakyReLU", alpha: 0.1 },
          { type: "averagePooling2d", poolSize: 2, strides: 2, padding: 0 },
        ],
      ),
    );
    expect(layers.filter((name) => name === "LeakyReLU")).toHaveLength(2);
  });

  it("takes the same input twice", async () => {
    const layers = [
      { type: "activation", name: "a", activation: "relu" },
      { type: "add", name: "b", inputs: ["a", "a", "a"] },
      { type: "concatenate", inputs: ["b", "a"] },
    ];
    await expectEqual(network([4, 4, 2], layers));
  });

  it("has global pooling", async () => {
    const pooled = (type: string) =>
      JSON.stringify({ input: [5, 6, 3], layers: [{ type }, { type: "dense", units: 4, activation: "softmax" }] });
    await expectEqual(pooled("globalMaxPooling2d"));
    await expectEqual(pooled("globalAveragePooling2d"));
  });

  it("says explicit pooling padding by a rule where it comes to the same, and refuses it elsewhere by the layer's name", async () => {
    await expectEqual(network([6, 6, 2], [{ type: "maxPooling2d", poolSize: 3, strides: 1, padding: 1 }]));
    await expect(
      answers(
        network(
          [6, 6, 2],
          [
            {
              type: "maxPooling2d",
              name: "shrink",
              poolSize: 3,
              strides: 3,
              padding: [
                [1, 2],
                [0, 0],
              ],
            },
          ],
        ),
      ),
    ).rejects.toThrow("Layer shrink pools with explicit padding, which TensorFlow.js layers does not have; use padding same or valid.");
  });

  it("has words for every kind of layer in the catalogue", () => {
    for (const kind of LAYERS) expect(tfjsDescription(kind), kind.type).toBeDefined();
  });
});
