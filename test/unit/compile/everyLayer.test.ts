import { describe, expect, test } from "vitest";
import { Random } from "../../../src/base/random.js";
import { ACTIVATIONS } from "../../../src/layers/activation.js";
import { LAYERS } from "../../../src/layers/catalogue.js";
import type { Network } from "../../../src/model/network.js";
import { LAYER_NETWORK_SIZE, LAYER_NETWORKS } from "../../fixtures/layerNetworks.js";
import { relativeError } from "../program/gradientCheck.js";
import { examples, start, stepFeeds } from "./calls.js";
import { compile, example, parseLayers } from "./networks.js";

const CLASSES = 3;

/** One of everything that small networks are made of, branches and shared inputs among it. */
const everyLayer = parseLayers(
  [8, 7, 2],
  [
    { type: "conv2d", name: "stem", filters: 4, kernelSize: 3, padding: "same", kernelRegularizer: { l1: 0.01, l2: 0.02 } },
    { type: "batchNormalization", variance: "unbiased" },
    { type: "activation", name: "swish", activation: "swish" },
    {
      type: "conv2d",
      name: "grouped",
      filters: 4,
      kernelSize: [2, 3],
      groups: 2,
      padding: [
        [1, 0],
        [1, 1],
      ],
      activation: "gelu",
    },
    { type: "conv2d", name: "dilated", inputs: "swish", filters: 4, kernelSize: 3, dilationRate: 2, padding: "same", activation: "elu" },
    { type: "add", inputs: ["grouped", "dilated", "swish"] },
    { type: "zeroPadding2d", padding: 1 },
    { type: "maxPooling2d", name: "halved", poolSize: 2 },
    { type: "averagePooling2d", name: "smooth", poolSize: 3, strides: 1, padding: "same" },
    { type: "conv2d", name: "depthwise", filters: 4, kernelSize: 3, strides: 2, groups: 4, padding: "same", activation: "softplus" },
    { type: "dropout", rate: 0.4 },
    { type: "flatten", name: "flat" },
    { type: "globalMaxPooling2d", name: "largest", inputs: "smooth" },
    { type: "globalAveragePooling2d", name: "average", inputs: "halved" },
    { type: "concatenate", inputs: ["flat", "largest", "average"] },
    { type: "dense", units: 6, activation: "leakyReLU" },
    { type: "dense", units: 6, activation: "tanh" },
    { type: "dense", units: 5, activation: "sigmoid", biasRegularizer: { l2: 0.1 } },
    { type: "dense", units: 5, activation: "relu" },
    { type: "dense", units: CLASSES, activation: "softmax" },
  ],
  { l2: 0.01 },
);

const answer = { type: "dense", name: "answer", units: CLASSES, activation: "softmax" };

const NETWORKS: Readonly<Record<string, Network>> = {
  everyLayer,
  ...Object.fromEntries(
    Object.entries(LAYER_NETWORKS).map(([name, layers]) => [
      name,
      parseLayers([LAYER_NETWORK_SIZE, LAYER_NETWORK_SIZE, 1], [...layers, answer]),
    ]),
  ),
};

/** Checks sampled entries of every trainable weight's gradient of the training loss against central differences in float64. */
function worstGradientError(network: Network, classes: number, batch: number, samples: number): number {
  const compiled = compile(network, classes);
  const { gradients: whole } = compiled.program.functions;
  if (!whole) throw new Error("There is a function gradients.");
  const functions = { whole, loss: { ...whole, fetches: whole.fetches.slice(0, 1) } };
  const executor = start({ ...compiled, program: { ...compiled.program, functions } });
  const feeds = { ...examples(batch, network.input?.shape ?? [], classes), ...stepFeeds(3, 0) };
  const loss = () => executor.runFloat64("loss", feeds)[0]?.data[0] ?? Number.NaN;
  const [, ...gradients] = executor.runFloat64("whole", feeds);
  const random = new Random({ seed: 2, stream: 0, step: [0, 0] });
  const errors = compiled.trainable.map((name, i) => {
    const weights = executor.readFloat64([name])[0] ?? new Float64Array();
    const gradient = gradients[i]?.data ?? new Float64Array();
    const chosen = Array.from({ length: Math.min(samples, weights.length) }, () => random.below(weights.length));
    const differences = chosen.map((index) => {
      const moved = (by: number) => {
        executor.write(new Map([[name, weights.map((w, j) => (j === index ? w + by : w))]]));
        return loss();
      };
      const slope = (moved(1e-6) - moved(-1e-6)) / 2e-6;
      executor.write(new Map([[name, weights]]));
      return slope;
    });
    return relativeError(
      Float64Array.from(chosen, (index) => gradient[index] ?? Number.NaN),
      Float64Array.from(differences),
    );
  });
  return Math.max(...errors);
}

describe("gradients of whole training functions match central differences", () => {
  test("the test networks hold every layer and activation", () => {
    const layers = Object.values(NETWORKS).flatMap((network) => network.layers);
    expect(new Set(layers.map(({ kind }) => kind.type))).toEqual(new Set(LAYERS.map(({ type }) => type)));
    expect(new Set(layers.map(({ args }) => args["activation"] ?? "linear"))).toEqual(new Set(ACTIVATIONS));
  });

  test.each(Object.keys(NETWORKS))("network %s", { timeout: 30_000 }, (name) => {
    const network = NETWORKS[name];
    if (!network) throw new Error(`There is no network ${name}.`);
    expect(worstGradientError(network, CLASSES, 2, 4)).toBeLessThan(1e-5);
  });

  test.each([
    { loss: "binaryCrossentropy", activation: "sigmoid", units: 1 },
    { loss: "binaryCrossentropy", activation: "softmax", units: 2 },
    { loss: "meanSquaredError", activation: "softmax", units: 2 },
    { loss: "meanAbsoluteError", activation: "linear", units: 2 },
    { loss: "categoricalCrossentropy", activation: "sigmoid", units: 2 },
  ])("$loss of $units units with $activation", ({ loss, activation, units }) => {
    const network = parseLayers([3, 3, 1], [{ type: "flatten" }, { type: "dense", units, activation }], { loss, metrics: ["accuracy"] });
    expect(worstGradientError(network, 2, 4, 10)).toBeLessThan(1e-6);
  });
});

describe("examples compile", () => {
  test.each([
    ["convnet", 10],
    ["glyphs", 36],
    ["residual", 36],
  ])("%s", (name, classes) => {
    const compiled = compile(example(name), classes);
    expect(Object.keys(compiled.program.functions)).toEqual(["train", "evaluate", "predict", "maps", "gradients"]);
  });
});
