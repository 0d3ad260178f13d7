import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { answers, expectEqual, network } from "./tfjsAnswers.js";

beforeAll(() => tf.setBackend("cpu"));

const exported = (...layers: object[]) => expectEqual(network([7, 6, 4], layers));

const REFUSED: readonly [layer: object, why: string][] = [
  [{ type: "maxPooling2d", dilationRate: 2 }, "pools with dilationRate"],
  [{ type: "averagePooling2d", poolSize: 3, padding: 1, countPadding: true }, "counts padding in its averages"],
  [{ type: "adaptiveAveragePooling2d", outputSize: 3 }, "pools to a size that does not divide the image's"],
  [{ type: "groupNormalization", groups: 2 }, "normalizes groups of channels"],
  [{ type: "localResponseNormalization", size: 3 }, "normalizes over neighbor channels"],
  [{ type: "bias" }, "adds a learned tensor"],
  [{ type: "rescaling", scale: [1, 2, 3, 4] }, "rescales each channel by numbers of its own"],
  [{ type: "scaling" }, "multiplies by a learned tensor"],
  [{ type: "conv2dTranspose", filters: 2, kernelSize: 2, padding: 0, outputPadding: 3 }, "pads its result in a way"],
];

describe("TensorFlow.js layers models", () => {
  it.each([
    { type: "conv2dTranspose", filters: 3, kernelSize: 3, strides: 2, padding: "same", activation: "leakyReLU" },
    { type: "conv2dTranspose", filters: 6, kernelSize: [4, 2], strides: [2, 1], padding: [1, 0], groups: 2, activation: "relu" },
    { type: "conv2dTranspose", filters: 3, kernelSize: 3, strides: 2, padding: 1, outputPadding: 1, useBias: false },
    { type: "conv2dTranspose", filters: 2, kernelSize: 2, dilationRate: 3, activation: "tanh" },
    { type: "depthwiseConv2d", kernelSize: 3, depthMultiplier: 2, padding: 1, activation: "leakyReLU" },
    { type: "depthwiseConv2d", kernelSize: 2, dilationRate: [2, 3], padding: "same", useBias: false },
    { type: "separableConv2d", filters: 5, kernelSize: 3, strides: 2, dilationRate: 2, padding: "same" },
    { type: "maxPooling2d", poolSize: 2, strides: 2, ceilMode: true },
    { type: "averagePooling2d", poolSize: 2, countPadding: true },
    { type: "adaptiveMaxPooling2d", outputSize: [7, 2] },
    { type: "adaptiveAveragePooling2d", outputSize: [1, 3] },
    { type: "globalMaxPooling2d", keepDims: true },
    { type: "globalAveragePooling2d", keepDims: true },
    { type: "layerNormalization" },
    { type: "layerNormalization", axes: 3, epsilon: 0.1, scale: false },
    { type: "batchNormalization", inference: true },
    { type: "spatialDropout2d", rate: 0.5 },
    { type: "gaussianNoise", deviation: 0.5 },
  ])("answer as %j", async (layer) => {
    await exported(layer);
  });

  it("keep frozen layers frozen", async () => {
    const { frozen } = await answers(network([7, 6, 4], [{ type: "conv2d", name: "fixed", filters: 2, kernelSize: 3, trainable: false }]));
    expect(frozen).toEqual(["fixed"]);
  });

  it("apply layers several times that share their weights", async () => {
    const conv = { type: "conv2d", filters: 4, kernelSize: 3, padding: 1, activation: "leakyReLU" };
    await exported(
      { ...conv, name: "shared" },
      { ...conv, name: "second", weightsOf: "shared" },
      { type: "batchNormalization", name: "normal" },
      { ...conv, weightsOf: "shared", name: "third" },
      { type: "batchNormalization", weightsOf: "normal", name: "normalAgain" },
      { type: "add", inputs: ["shared", "normalAgain", "second"] },
    );
  });

  it("share all or nothing", async () => {
    const layers = [
      { type: "conv2d", name: "shared", filters: 4, kernelSize: 3 },
      { type: "conv2d", name: "odd", filters: 4, kernelSize: 3, strides: 2, weightsOf: "shared" },
    ];
    await expect(answers(network([7, 6, 4], layers))).rejects.toThrow("Layer odd uses the weights of shared but differs from it");
  });

  it.each(REFUSED)("do not have %j", async (layer, why) => {
    await expect(answers(network([7, 6, 4], [{ ...layer, name: "odd" }]))).rejects.toThrow(`Layer odd ${why}`);
  });
});
