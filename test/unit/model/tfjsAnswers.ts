import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { loadLayersModel } from "@tensorflow/tfjs-layers";
import { expect } from "vitest";
import { Random } from "../../../src/base/random.js";
import { compileNetwork } from "../../../src/compile/compile.js";
import { createReferenceExecutor } from "../../../src/engine/reference/executor.js";
import { readNetwork } from "../../../src/model/read.js";
import { writeTfjsModel } from "../../../src/model/tfjs/write.js";
import { inferShapes } from "../../../src/shape/infer.js";

const EXAMPLES = 3;

/** A network's answers to random pictures with random weights: of the reference executor, and of TensorFlow.js on the exported model. */
export async function answers(source: string): Promise<{ ours: number[]; theirs: number[]; layers: string[]; frozen: string[] }> {
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
    modelTopology: { config: { layers: { class_name: string; name: string; config: { trainable?: boolean } }[] } };
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
    frozen: json.modelTopology.config.layers.filter(({ config }) => config.trainable === false).map(({ name }) => name),
  };
}

/** A network of these layers with an answer of five classes. */
export function network(input: number[], layers: object[]): string {
  return JSON.stringify({
    input,
    layers: [...layers, { type: "flatten", name: "rows" }, { type: "dense", units: 5, activation: "softmax" }],
  });
}

/** The exported model answers as the network does; its layers' class names. */
export async function expectEqual(source: string): Promise<string[]> {
  const { ours, theirs, layers } = await answers(source);
  expect(theirs).toHaveLength(ours.length);
  expect(Math.max(...ours)).toBeGreaterThan(Math.min(...ours) + 1e-3);
  theirs.forEach((value, i) => {
    expect(Math.abs(value - (ours[i] ?? Number.NaN))).toBeLessThan(1e-5);
  });
  return layers;
}
