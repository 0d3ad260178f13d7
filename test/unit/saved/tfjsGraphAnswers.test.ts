import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import "@tensorflow/tfjs-backend-cpu";
import * as converter from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, expect, it } from "vitest";
import { difference, SIN, savedAnswers } from "../../fixtures/savedNetwork.js";

const folder = mkdtempSync(path.join(os.tmpdir(), "cnn-lab-graph-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const words = (...texts: readonly string[]) => texts.map((text) => Buffer.from(text).toString("base64"));
const FLOAT = { type: "DT_FLOAT" };
const window = (padding: string, stride: number) => ({
  padding: { s: words(padding)[0] },
  strides: { list: { i: [1, stride, stride, 1].map(String) } },
  dilations: { list: { i: ["1", "1", "1", "1"] } },
  data_format: { s: words("NHWC")[0] },
});
const fused = (...names: readonly string[]) => ({ fused_ops: { list: { s: words(...names) } } });
const ksize = { ksize: { list: { i: ["1", "3", "3", "1"] } } };

/** Nodes by name: operation, inputs, attributes. Constants are made of what `CONSTANTS` says. */
const NODES: Readonly<Record<string, readonly [op: string, inputs: readonly string[], attributes?: object]>> = {
  conv: ["_FusedConv2D", ["x", "k1", "b1"], { ...window("SAME", 2), ...fused("BiasAdd", "Relu6"), num_args: { i: "1" } }],
  deep: ["DepthwiseConv2dNative", ["conv", "k2"], window("VALID", 1)],
  shifted: ["BiasAdd", ["deep", "b2"], { data_format: { s: words("NHWC")[0] } }],
  normal: ["FusedBatchNormV3", ["shifted", "gamma", "beta", "mean", "variance"], { epsilon: { f: 0.01 }, is_training: { b: false } }],
  small: ["Mul", ["normal", "slope"]],
  leaky: ["Maximum", ["normal", "small"]],
  scaled: ["Mul", ["scale", "leaky"]],
  pooled: ["MaxPool", ["scaled"], { ...window("SAME", 2), ...ksize }],
  averaged: ["AvgPool", ["scaled"], { ...window("SAME", 2), ...ksize }],
  padded: ["Pad", ["pooled", "paddings"]],
  cut: ["AvgPool", ["padded"], { ...window("VALID", 1), ...ksize }],
  joined: ["ConcatV2", ["cut", "averaged", "axis"], { N: { i: "2" } }],
  passed: ["Identity", ["joined"]],
  flat: ["Reshape", ["passed", "row"]],
  hidden: ["_FusedMatMul", ["flat", "w1", "b3"], { ...fused("BiasAdd", "Elu"), transpose_b: { b: false }, num_args: { i: "1" } }],
  less: ["Sub", ["hidden", "middle"]],
  logits: ["MatMul", ["less", "w2"], { transpose_b: { b: true } }],
  y: ["Softmax", ["logits"]],
};

const CONSTANTS: Readonly<Record<string, readonly [shape: readonly number[], values?: readonly number[]]>> = {
  k1: [[3, 3, 2, 4]],
  b1: [[4]],
  k2: [[2, 2, 4, 2]],
  b2: [[8]],
  gamma: [[8]],
  beta: [[8]],
  mean: [[8]],
  variance: [[8], [0.5, 0.7, 0.9, 1.1, 1.3, 1.5, 1.7, 1.9]],
  slope: [[], [0.1]],
  scale: [[8]],
  paddings: [
    [4, 2],
    [0, 0, 2, 0, 1, 1, 0, 0],
  ],
  axis: [[], [3]],
  row: [[2], [-1, 64]],
  w1: [[64, 6]],
  b3: [[6]],
  middle: [[6]],
  w2: [[5, 6]],
};
const WHOLE = ["paddings", "axis", "row"];

/** A graph model as the converter of TensorFlow.js writes it; weights are sines. */
function graphModel() {
  const constants = Object.entries(CONSTANTS).map(([name, [shape, values]], i) => {
    const count = shape.reduce((product, size) => product * size, 1);
    const numbers = values ?? Array.from({ length: count }, (_, at) => Math.sin(3 * i + at) / 2);
    return { name, shape, dtype: WHOLE.includes(name) ? ("int32" as const) : ("float32" as const), numbers };
  });
  const size = { shape: { dim: ["-1", "9", "8", "2"].map((each) => ({ size: each })) } };
  const node = [
    { name: "x", op: "Placeholder", attr: { dtype: FLOAT, shape: size } },
    ...constants.map(({ name, dtype }) => ({ name, op: "Const", attr: { dtype: { type: dtype === "int32" ? "DT_INT32" : "DT_FLOAT" } } })),
    ...Object.entries(NODES).map(([name, [op, input, attr = {}]]) => ({ name, op, input, attr: { T: FLOAT, ...attr } })),
  ];
  const weightSpecs = constants.map(({ name, shape, dtype }) => ({ name, shape: [...shape], dtype }));
  const data = constants.map(({ dtype, numbers }) => Buffer.from((dtype === "int32" ? Int32Array : Float32Array).from(numbers).buffer));
  return { modelTopology: { node, versions: { producer: 1 } }, weightSpecs, weights: Buffer.concat(data) };
}

it("a graph model of TensorFlow.js answers as its converter's own executor does", async () => {
  const { modelTopology, weightSpecs, weights } = graphModel();
  const file = path.join(folder, "model.json");
  // Shapes of constants stand beside their nodes too, where shapes are inferred.
  const node = modelTopology.node.map((each) => {
    const spec = weightSpecs.find(({ name }) => name === each.name);
    const tensorShape = { dim: spec?.shape.map((size) => ({ size: String(size) })) ?? [] };
    return spec ? { ...each, attr: { ...each.attr, value: { tensor: { tensorShape } } } } : each;
  });
  const weightsManifest = [{ paths: ["weights.bin"], weights: weightSpecs }];
  writeFileSync(file, JSON.stringify({ format: "graph-model", modelTopology: { ...modelTopology, node }, weightsManifest }));
  writeFileSync(path.join(folder, "weights.bin"), weights);

  await tf.setBackend("cpu");
  const weightData = Uint8Array.from(weights).buffer;
  const theirs = await converter.loadGraphModel({ load: async () => ({ modelTopology, weightSpecs, weightData }) });
  const x = tf.tensor(
    Float32Array.from({ length: 144 }, (_, i) => Math.sin(i)),
    [1, 9, 8, 2],
  );
  const wanted = (theirs.predict(x) as tf.Tensor).dataSync();

  const ours = await savedAnswers(file, [SIN]);
  if (typeof ours === "string") throw new Error(ours);
  expect(ours).toMatchObject({ misfits: [], bare: [] });
  expect(wanted).toHaveLength(5);
  expect(difference([...(ours.outputs[0] ?? [])], [...wanted])).toBeLessThan(1e-5);
});
