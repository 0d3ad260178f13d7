import "@tensorflow/tfjs-backend-cpu";
import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
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

  it.each(["linear", "relu", "leakyReLU", "elu", "sigmoid", "tanh", "softmax", "softplus", "swish", "gelu"])(
    "has the activation %s",
    async (activation) => {
      await expectEqual(
        network(
          [4, 4, 2],
          [
            { type: "activation", activation },
            { type: "conv2d", filters: 3, kernelSize: 2, activation },
          ],
        ),
      );
    },
  );

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
