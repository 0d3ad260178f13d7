import { readFileSync } from "node:fs";
import { compileNetwork } from "../../src/compile/compile.js";
import type { CompiledNetwork } from "../../src/compile/types.js";
import { readCnnJson } from "../../src/model/cnnJson/read.js";
import { inferShapes } from "../../src/shape/infer.js";

/** The second network of the figures: two convolutions with batch normalization. */
const CONVNET = {
  input: [28, 28, 1],
  layers: [
    { type: "conv2d", filters: 16, kernelSize: 5, padding: "same" },
    { type: "batchNormalization" },
    { type: "activation", activation: "relu" },
    { type: "maxPooling2d", poolSize: 2 },
    { type: "conv2d", filters: 32, kernelSize: 5, padding: "same" },
    { type: "batchNormalization" },
    { type: "activation", activation: "relu" },
    { type: "maxPooling2d", poolSize: 2 },
    { type: "flatten" },
    { type: "dense", units: 10, activation: "softmax" },
  ],
  training: { data: "mnist", optimizer: "adam" },
};

export const NETWORKS = ["lenet5", "convnet"] as const;
export type NetworkName = (typeof NETWORKS)[number];

/** One of the two networks of the figures, ready to run. */
export function compiled(name: NetworkName): CompiledNetwork {
  const text = name === "lenet5" ? readFileSync("examples/lenet5.cnn.json", "utf8") : JSON.stringify(CONVNET);
  const { network } = readCnnJson(text, `${name}.cnn.json`);
  return compileNetwork(network, inferShapes(network), { inputShape: [28, 28, 1], classes: 10 });
}
