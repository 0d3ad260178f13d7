import "@tensorflow/tfjs-backend-cpu";
import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { loadLayersModel } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../../src/base/random.js";
import { compileNetwork } from "../../../src/compile/compile.js";
import { createReferenceExecutor } from "../../../src/engine/reference/executor.js";
import { LAYERS } from "../../../src/layers/catalogue.js";
import { tfjsDescription } from "../../../src/layers/tfjs/describe.js";
import { readNetwork } from "../../../src/model/read.js";
import { writeTfjsModel } from "../../../src/model/tfjs/write.js";
import { inferShapes } from "../../../src/shape/infer.js";

beforeAll(() => tf.setBackend("cpu"));

const EXAMPLES = 3;

/** A network's answers to random pictures with random weights: of the reference executor, and of TensorFlow.js on the exported model. */
async function answers(source: string): Promise<{ ours: number[]; theirs: number[]; layers: string[] }> {
  const { network, problems } = readNetwork(source, "test.cnn.json");
  const shapes = inferShapes(network);
  expect([...problems, ...shapes.problems].filter(({ severity }) => severity === "error")).toEqual([]);
  const [height = 1, width = 1, channels = 1] = network.input?.shape ?? [];
  const compiled = compileNetwork(network, shapes, { inputShape: [height, width, channels], classes: shapes.output?.[0] ?? 1 });
  const random = new Random({ seed: 3, stream: 0, step: [0, 0] });
  const weights = new Map(
    compiled.program.variables.map(({ name, shape }) => {
      const values = Float32Array.from({ length: shape.reduce((product, axis) => product * axis, 1) }, () => 0.3 * random.normal());
      return [name, { shape, data: name.endsWith("variance") ? values.map((value) => 0.5 + value * value) : values }] as const;
    }),
  );
  const pictures = Uint8Array.from({ length: EXAMPLES * height * width * channels }, () => random.below(256));
  const executor = await createReferenceExecutor(compiled.program);
  executor.write(new Map([...weights].map(([name, { data }]) => [name, data])));
  const [answer] = executor.run("predict", { images: { shape: [EXAMPLES, height, width, channels], data: pictures } });

  const model = writeTfjsModel({
    network,
    inputs: new Map(shapes.layers.map(({ layer, inputs }) => [layer.name, inputs.map((shape) => shape ?? [])])),
    weight: (layer, name) => ({ name, ...(weights.get(`${layer}/${name}`) ?? { shape: [], data: new Float32Array() }) }),
    metadata: { classes: ["a"] },
  });
  const json = JSON.parse(JSON.stringify(model.json)) as {
    modelTopology: { config: { layers: { class_name: string }[] } };
    weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[];
  };
  const loaded = await loadLayersModel({
    load: async () => ({
      modelTopology: json.modelTopology,
      weightSpecs: json.weightsManifest.flatMap(({ weights: specs }) => specs),
      weightData: model.weights.slice().buffer,
    }),
  });
  const input = tf.tensor(
    Array.from(pictures, (byte) => byte / 255),
    [EXAMPLES, height, width, channels],
  );
  const output = loaded.predict(input) as tf.Tensor;
  return {
    ours: [...(answer?.data ?? [])],
    theirs: [...(await output.data())],
    layers: json.modelTopology.config.layers.map((layer) => layer.class_name),
  };
}

function network(input: number[], layers: object[]): string {
  return JSON.stringify({
    input,
    layers: [...layers, { type: "flatten", name: "rows" }, { type: "dense", units: 5, activation: "softmax" }],
  });
}

async function expectEqual(source: string): Promise<string[]> {
  const { ours, theirs, layers } = await answers(source);
  expect(theirs).toHaveLength(ours.length);
  expect(Math.max(...ours)).toBeGreaterThan(Math.min(...ours) + 1e-3);
  theirs.forEach((value, i) => {
    expect(Math.abs(value - (ours[i] ?? Number.NaN))).toBeLessThan(1e-5);
  });
  return layers;
}

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
