import { Random } from "../../src/base/random.js";
import { compileNetwork } from "../../src/compile/compile.js";
import type { CompiledNetwork } from "../../src/compile/types.js";
import type { Feeds } from "../../src/engine/executor.js";
import { readCnnJson } from "../../src/model/cnnJson/read.js";
import { inferShapes } from "../../src/shape/infer.js";
import { LAYER_NETWORK_SIZE, LAYER_NETWORKS } from "../fixtures/layerNetworks.js";

const conv = { type: "conv2d", kernelSize: 5, padding: "same" };
const pool = { type: "maxPooling2d", poolSize: 2 };
const norm = { type: "batchNormalization" };
const relu = { type: "activation", activation: "relu" };
const answer = { type: "dense", units: 10, activation: "softmax" };

const lenet = [
  { ...conv, filters: 6, activation: "relu" },
  pool,
  { ...conv, filters: 16, padding: "valid", activation: "relu" },
  pool,
  { type: "flatten" },
  { type: "dense", units: 120, activation: "relu" },
  { type: "dense", units: 84, activation: "relu" },
  answer,
];

const convnet = [{ ...conv, filters: 16 }, norm, relu, pool, { ...conv, filters: 32 }, norm, relu, pool, { type: "flatten" }, answer];

/** Every type of layer and every activation, with dilation, groups and all ways to pad. */
const everyLayer = [
  { ...conv, kernelSize: 3, filters: 4, strides: 2, activation: "elu", kernelRegularizer: { l1: 0.001, l2: 0.002 } },
  { ...conv, kernelSize: 3, filters: 8, dilationRate: 2 },
  // Not behind linear layers: what it takes from their shifts would leave gradients that are nothing but rounding.
  norm,
  { type: "activation", activation: "softplus" },
  { ...conv, name: "split", kernelSize: 3, filters: 8, groups: 2, activation: "swish" },
  { ...conv, name: "depthwise", inputs: ["split"], kernelSize: 3, filters: 8, groups: 8, activation: "gelu" },
  { ...conv, name: "dilatedDepthwise", inputs: ["split"], kernelSize: 3, filters: 8, groups: 8, dilationRate: 2, activation: "leakyReLU" },
  { type: "add", name: "sum", inputs: ["depthwise", "dilatedDepthwise"] },
  { type: "concatenate", inputs: ["split", "sum"] },
  {
    type: "zeroPadding2d",
    padding: [
      [0, 1],
      [2, 1],
    ],
  },
  { type: "averagePooling2d", poolSize: 3, strides: 2, padding: "same" },
  { type: "maxPooling2d", poolSize: 3, strides: 1, padding: 1 },
  { type: "dropout", rate: 0.25, name: "dropped" },
  { type: "globalMaxPooling2d", name: "largest", inputs: ["dropped"] },
  { type: "globalAveragePooling2d", name: "mean", inputs: ["dropped"] },
  { type: "concatenate", name: "both", inputs: ["largest", "mean"] },
  { type: "dense", name: "narrow", units: 12, activation: "tanh" },
  { ...norm, name: "normalized" },
  { type: "add", inputs: ["narrow", "normalized"] },
  { type: "dense", units: 12, activation: "sigmoid" },
  { type: "flatten" },
  answer,
];

function layerNetwork(name: keyof typeof LAYER_NETWORKS) {
  return { size: LAYER_NETWORK_SIZE, layers: [...LAYER_NETWORKS[name], answer] };
}

const NETWORKS = {
  lenet: { size: 28, layers: lenet },
  // Smaller than at home: the float64 reference takes its time, by the pixel.
  convnet: { size: 12, layers: convnet },
  everyLayer: { size: 12, layers: everyLayer },
  convolutions: layerNetwork("convolutions"),
  normalizations: layerNetwork("normalizations"),
  arrangements: layerNetwork("arrangements"),
  calculations: layerNetwork("calculations"),
  activations: layerNetwork("activations"),
  shared: layerNetwork("shared"),
};
export type TestNetwork = keyof typeof NETWORKS;
export const TEST_NETWORKS = Object.keys(NETWORKS) as TestNetwork[];

type OptimizerBlock = Readonly<Record<string, unknown>>;
const SGD: OptimizerBlock = { type: "sgd", learningRate: 0.01 };

/** A network for ten classes, ready to run. */
export function compiledNetwork(name: TestNetwork, optimizer: OptimizerBlock = SGD): CompiledNetwork {
  const { size, layers } = NETWORKS[name];
  const inputShape = [size, size, 1];
  const text = JSON.stringify({ input: inputShape, layers, training: { optimizer, metrics: ["accuracy", "top5"] } });
  const { network, problems } = readCnnJson(text, `${name}.cnn.json`);
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join(" "));
  return compileNetwork(network, inferShapes(network), { inputShape, classes: 10 });
}

/** What a training step is fed: other images and labels for each step. */
export function batch(name: TestNetwork, examples: number, step: number): Feeds {
  const { size } = NETWORKS[name];
  const random = new Random({ seed: 11, stream: 2, step: [step, 0] });
  return {
    images: { shape: [examples, size, size, 1], data: Uint8Array.from({ length: examples * size * size }, () => random.below(256)) },
    labels: { shape: [examples], data: Int32Array.from({ length: examples }, () => random.below(10)) },
    // Small: at 0.01 the ConvNet diverges on four noise images, and whoever diverges differs.
    learningRate: { shape: [], data: Float32Array.of(0.001) },
    correction: { shape: [], data: Float32Array.of(1) },
    randomCounter: { shape: [2], data: Int32Array.of(step, 0) },
  };
}
