import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import * as layers from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { shapeOf } from "./layerOf.js";
import { type Numbers, parametersOf, runLayer, sequence } from "./runLayer.js";

// TensorFlow.js layers is the oracle: the same arguments, the same weights, the same numbers.
beforeAll(() => tf.setBackend("cpu"));

type Json = Readonly<Record<string, unknown>> & { readonly type: string };
type MakeLayer = (config: Readonly<Record<string, unknown>>) => layers.layers.Layer;

function theirLayer({ type, ...config }: Json): layers.layers.Layer {
  return (layers.layers as unknown as Record<string, MakeLayer>)[type]?.(config) ?? layers.layers.activation({ activation: "linear" });
}

function conv(more: Readonly<Record<string, unknown>> = {}): Json {
  return { type: "conv2d", filters: 3, kernelSize: 3, ...more };
}

/** What is asked of both, on an image of height 7, width 8 and 2 channels. */
const ON_IMAGES: readonly Json[] = [
  conv(),
  conv({ padding: "same" }),
  conv({ kernelSize: [2, 4], padding: "same" }),
  conv({ strides: 2, padding: "same" }),
  conv({ strides: [2, 3], kernelSize: [3, 2] }),
  conv({ strides: 3, kernelSize: 2, padding: "same" }),
  conv({ dilationRate: 2, padding: "same" }),
  conv({ dilationRate: [1, 3], kernelSize: 2 }),
  conv({ useBias: false }),
  ...["relu", "relu6", "elu", "selu", "sigmoid", "hardSigmoid", "tanh", "softmax", "logSoftmax"].map((activation) => conv({ activation })),
  ...["softplus", "softsign", "swish", "mish", "linear"].map((activation) => conv({ activation })),
  ...[{ padding: "same" }, { padding: "valid", strides: 3 }, { kernelSize: [4, 1], strides: [2, 3], padding: "same" }, { strides: 2 }].map(
    (more) => conv({ type: "conv2dTranspose", ...more }),
  ),
  { type: "depthwiseConv2d", kernelSize: 3 },
  { type: "depthwiseConv2d", kernelSize: [2, 3], depthMultiplier: 3, padding: "same", strides: 2, activation: "relu" },
  { type: "depthwiseConv2d", kernelSize: 3, depthMultiplier: 2, useBias: false },
  { type: "separableConv2d", filters: 3, kernelSize: 3 },
  { type: "separableConv2d", filters: 5, kernelSize: [2, 3], depthMultiplier: 2, padding: "same", strides: 2, activation: "tanh" },
  { type: "maxPooling2d" },
  { type: "maxPooling2d", poolSize: 3, strides: 2, padding: "same" },
  { type: "maxPooling2d", poolSize: [1, 3], strides: [2, 1] },
  { type: "averagePooling2d", poolSize: 2 },
  { type: "averagePooling2d", poolSize: 3, strides: 2, padding: "same" },
  { type: "globalMaxPooling2d" },
  { type: "globalAveragePooling2d" },
  { type: "zeroPadding2d", padding: 2 },
  {
    type: "zeroPadding2d",
    padding: [
      [1, 0],
      [2, 3],
    ],
  },
  { type: "batchNormalization" },
  { type: "batchNormalization", center: false, epsilon: 0.1 },
  { type: "batchNormalization", scale: false },
  { type: "layerNormalization" },
  { type: "layerNormalization", epsilon: 0.1, scale: false },
  { type: "dropout", rate: 0.5 },
  { type: "flatten" },
  { type: "activation", activation: "relu" },
];

const ON_ANY_RANK: readonly Json[] = [
  { type: "reshape", targetShape: [4, 6] },
  { type: "reshape", targetShape: [2, 2, 3, 2] },
  { type: "flatten" },
  { type: "activation", activation: "softmax" },
];

const ON_VECTORS: readonly Json[] = [
  { type: "dense", units: 4 },
  { type: "dense", units: 3, activation: "softmax" },
  { type: "dense", units: 2, useBias: false, activation: "tanh" },
  { type: "batchNormalization" },
];

/** tfjs layers reads one number of zeroPadding2d not at all, so it gets all four. */
function theirConfig(json: Json): Json {
  return json.type === "zeroPadding2d" && json["padding"] === 2
    ? {
        ...json,
        padding: [
          [2, 2],
          [2, 2],
        ],
      }
    : json;
}

function compare(json: Json, input: Numbers): void {
  const shape = shapeOf(json, input.shape.slice(1));
  const theirs = theirLayer(theirConfig(json));
  const symbol = layers.input({ shape: input.shape.slice(1) });
  const model = layers.model({ inputs: symbol, outputs: theirs.apply(symbol) as layers.SymbolicTensor });
  expect([null, ...shape.output], "output shape").toEqual(model.outputs[0]?.shape);
  const count = shape.parameters.reduce((sum, parameter) => sum + parameter.shape.reduce((a, b) => a * b, 1), 0);
  expect(count, "parameters").toBe(model.countParams());

  const ours = parametersOf(shape);
  expect(
    shape.parameters.map((parameter) => parameter.shape),
    "weights in the same order",
  ).toEqual(theirs.getWeights().map((weight) => weight.shape));
  theirs.setWeights([...ours.values()].map(({ data, shape: sizes }) => tf.tensor([...data], [...sizes])));
  const answer = model.predict(tf.tensor([...input.data], [...input.shape])) as tf.Tensor;
  const { output } = runLayer(json, [input]);
  expect(output.shape).toEqual(answer.shape);
  const difference = [...answer.dataSync()].map((value, i) => Math.abs(value - (output.data[i] ?? Number.NaN)));
  expect(Math.max(...difference)).toBeLessThan(1e-5);
}

describe("as TensorFlow.js layers computes it", () => {
  test.each(ON_IMAGES.map((json) => [JSON.stringify(json), json] as const))("%s", (_, json) => compare(json, sequence([2, 7, 8, 2])));
  test.each(ON_VECTORS.map((json) => [`${JSON.stringify(json)} on a vector`, json] as const))("%s", (_, json) =>
    compare(json, sequence([3, 5])),
  );

  test.each(
    ON_ANY_RANK.flatMap((json) =>
      [
        [2, 4, 6],
        [2, 3, 4, 2],
        [1, 2, 2, 3, 2],
      ].map((shape) => [json, shape] as const),
    ),
  )("%j on %j", (json, shape) => compare(json, sequence(shape)));

  test.each([
    ["permute", [2, 1], [2, 4, 6]],
    ["permute", [3, 1, 2], [2, 4, 6, 3]],
    ["permute", [4, 2, 1, 3], [1, 2, 3, 4, 5]],
  ])("%s %j on %j", (type, dims, shape) => compare({ type, dims }, sequence(shape)));

  test.each(["add", "multiply", "average", "maximum", "minimum"])("%s repeats sizes of 1", (type) => {
    const inputs = [sequence([2, 1, 1, 3]), sequence([2, 4, 5, 3], 50), sequence([2, 4, 1, 1], 90)];
    const answer = theirLayer({ type }).apply(inputs.map(({ data, shape }) => tf.tensor([...data], [...shape]))) as tf.Tensor;
    const { output } = runLayer({ type }, inputs);
    expect(output.shape).toEqual(answer.shape);
    expect(output.data.map((value) => value.toFixed(5))).toEqual([...answer.dataSync()].map((value) => value.toFixed(5)));
  });

  test.each([
    ...["add", "multiply", "average", "maximum", "minimum"].map((type) => ({ type })),
    { type: "concatenate" },
    { type: "concatenate", axis: 1 },
    { type: "concatenate", axis: 2 },
  ])("%j", (json: Json) => {
    const inputs = [sequence([2, 3, 4, 2]), sequence([2, 3, 4, 2], 50), sequence([2, 3, 4, 2], 90)];
    const answer = theirLayer(json).apply(inputs.map(({ data, shape }) => tf.tensor([...data], [...shape]))) as tf.Tensor;
    const { output } = runLayer(json, inputs);
    expect(output.shape).toEqual(answer.shape);
    expect(output.data.map((value) => value.toFixed(5))).toEqual([...answer.dataSync()].map((value) => value.toFixed(5)));
  });

  test("leakyReLU, with its usual slope and another", () => {
    const input = sequence([1, 6]);
    const theirs = (config: { alpha?: number }) =>
      [...(layers.layers.leakyReLU(config).apply(tf.tensor([...input.data], [1, 6])) as tf.Tensor).dataSync()].map((x) => x.toFixed(5));
    const ours = (more: object) =>
      runLayer({ type: "activation", activation: "leakyReLU", ...more }, [input]).output.data.map((x) => x.toFixed(5));
    expect(ours({})).toEqual(theirs({}));
    expect(ours({ alpha: 0.1 })).toEqual(theirs({ alpha: 0.1 }));
  });

  test("gelu, by erf", () => {
    const xs = [-3, -1, -0.5, 0, 0.5, 1, 3];
    const { output } = runLayer({ type: "activation", activation: "gelu" }, [{ shape: [1, 7], data: xs }]);
    // x * Phi(x), from tables of the normal distribution.
    const phi = [0.0013499, 0.1586553, 0.3085375, 0.5, 0.6914625, 0.8413447, 0.9986501];
    output.data.forEach((value, i) => {
      expect(value).toBeCloseTo((xs[i] ?? 0) * (phi[i] ?? 0), 5);
    });
  });

  test("glorotUniform, as the usual start of a kernel, draws from the same range", () => {
    const [kernel] = shapeOf({ type: "conv2d", filters: 16, kernelSize: 5 }, [14, 14, 6]).parameters;
    const expected = { kind: "varianceScaling", scale: 1, mode: "fanAverage", distribution: "uniform", fanIn: 25 * 6, fanOut: 25 * 16 };
    expect(kernel?.initializer).toEqual(expected);
    const limit = Math.sqrt(6 / (expected.fanIn + expected.fanOut));
    const drawn = layers.initializers.glorotUniform({ seed: 1 }).apply([5, 5, 6, 16]).dataSync();
    const largest = Math.max(...drawn.map(Math.abs));
    expect(largest).toBeLessThan(limit);
    expect(largest).toBeGreaterThan(0.99 * limit);
  });
});
