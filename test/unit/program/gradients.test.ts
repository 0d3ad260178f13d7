import { describe, expect, test } from "vitest";
import { BATCH, type BinaryFunction, type Convolution, type Padding, type UnaryFunction } from "../../../src/program/types.js";
import { type GradientCase, gradientError } from "./gradientCheck.js";

const image = [1, 6, 5, 4];
const batchImage = [BATCH, 5, 6, 2];

const UNARY: readonly UnaryFunction[] = [
  "negative",
  "exp",
  "sqrt",
  "log",
  "square",
  "absolute",
  "sign",
  "reciprocal",
  "relu",
  "elu",
  "sigmoid",
  "tanh",
  "softplus",
  "erf",
];
const BINARY: readonly BinaryFunction[] = ["add", "subtract", "multiply", "divide", "maximum", "minimum"];
const broadcasts: readonly (readonly [readonly number[], readonly number[]])[] = [
  [
    [2, 3],
    [2, 3],
  ],
  [[BATCH, 4], [4]],
  [[3], [2, 3]],
  [
    [2, 1, 3],
    [4, 1],
  ],
  [[], [2, 2]],
  [
    [BATCH, 2, 2],
    [1, 2, 1],
  ],
];

function convolutionCase(
  name: string,
  x: readonly number[],
  kernel: readonly number[],
  changes: Partial<Convolution>,
): [string, GradientCase] {
  const convolution: Convolution = { strides: [1, 1], dilation: [1, 1], padding: [0, 0, 0, 0], groups: 1, ...changes };
  return [`conv2d ${name}`, { shapes: [x, kernel], build: (b, input, weights) => b.conv2d(input, weights, convolution) }];
}

const windows: readonly { size: [number, number]; strides: [number, number]; padding: Padding }[] = [
  { size: [2, 2], strides: [2, 2], padding: [0, 0, 0, 0] },
  { size: [3, 2], strides: [1, 2], padding: [1, 0, 0, 1] },
  { size: [3, 3], strides: [2, 2], padding: [1, 1, 1, 1] },
  { size: [1, 4], strides: [3, 1], padding: [0, 0, 3, 2] },
];

const cases: readonly (readonly [string, GradientCase])[] = [
  ...UNARY.map((fn): [string, GradientCase] => [
    fn,
    { shapes: [[BATCH, 5]], positive: ["log", "sqrt", "reciprocal"].includes(fn), build: (b, x) => b.unary(fn, x) },
  ]),
  ["leakyRelu", { shapes: [[BATCH, 5]], build: (b, x) => b.leakyRelu(x, 0.2) }],
  ...BINARY.flatMap((fn) =>
    broadcasts.map((shapes): [string, GradientCase] => [
      `${fn} [${shapes.join("] and [")}]`,
      { shapes, positive: fn === "divide", build: (b, x, y) => b.binary(fn, x, y) },
    ]),
  ),
  ["a value used twice", { shapes: [[3]], build: (b, x) => b.multiply(x, b.add(x, b.unary("sigmoid", x))) }],
  ...(["sum", "mean", "max"] as const).flatMap((fn) =>
    [[0], [1], [0, 2], [1, 2], [0, 1, 2]].flatMap((axes) =>
      [true, false].map((keepDims): [string, GradientCase] => [
        `${fn} over ${axes}${keepDims ? ", kept" : ""}`,
        { shapes: [[BATCH, 4, 3]], build: (b, x) => b.reduce(fn, x, axes, keepDims) },
      ]),
    ),
  ),
  ["broadcastTo", { shapes: [[3, 1]], build: (b, x) => b.broadcastTo(x, [2, 3, 4]) }],
  ["broadcastTo with examples", { shapes: [[2], [BATCH, 5]], build: (b, x, like) => b.broadcastTo(x, [BATCH, 2], like) }],
  ["reshape", { shapes: [[BATCH, 2, 3]], build: (b, x) => b.reshape(x, [BATCH, 6]) }],
  ["transpose", { shapes: [[2, 3, 4]], build: (b, x) => b.transpose(x, [2, 0, 1]) }],
  ["pad2d", { shapes: [batchImage], build: (b, x) => b.pad2d(x, [1, 0, 2, 3], -1) }],
  ["crop2d", { shapes: [batchImage], build: (b, x) => b.crop2d(x, [1, 0, 2, 3]) }],
  [
    "concat",
    {
      shapes: [
        [BATCH, 2, 3],
        [BATCH, 1, 3],
        [BATCH, 4, 3],
      ],
      build: (b, ...values) => b.concat(values, 1),
    },
  ],
  ...[
    [0, 2],
    [1, 3],
    [3, 2],
  ].map(([start = 0, size = 1]): [string, GradientCase] => [
    `slice ${size} from ${start}`,
    { shapes: [[BATCH, 5, 2]], build: (b, x) => b.slice(x, 1, start, size) },
  ]),
  ...[false, true].flatMap((transposeA) =>
    [false, true].map((transposeB): [string, GradientCase] => [
      `matMul${transposeA ? ", A transposed" : ""}${transposeB ? ", B transposed" : ""}`,
      {
        shapes: [transposeA ? [4, 2] : [2, 4], transposeB ? [3, 4] : [4, 3]],
        build: (b, x, y) => b.matMul(x, y, { transposeA, transposeB }),
      },
    ]),
  ),
  [
    "matMul over examples",
    {
      shapes: [
        [BATCH, 4],
        [BATCH, 2],
      ],
      build: (b, x, y) => b.matMul(x, y, { transposeA: true }),
    },
  ],
  ["biasAdd", { shapes: [batchImage, [2]], build: (b, x, bias) => b.biasAdd(x, bias) }],
  convolutionCase("plain", image, [3, 2, 4, 3], {}),
  convolutionCase("padded", image, [3, 3, 4, 2], { padding: [1, 1, 1, 1] }),
  convolutionCase("with strides that leave rows out", image, [3, 2, 4, 2], { strides: [2, 3], padding: [0, 1, 1, 0] }),
  convolutionCase("with padding beyond the kernel", [1, 3, 3, 1], [2, 2, 1, 1], { padding: [3, 0, 2, 4], strides: [2, 1] }),
  convolutionCase("dilated", image, [2, 3, 4, 2], { dilation: [3, 2], padding: [1, 0, 2, 2] }),
  convolutionCase("dilated with strides", image, [3, 2, 4, 1], { dilation: [2, 3], strides: [2, 2], padding: [2, 2, 1, 1] }),
  convolutionCase("in groups", image, [3, 3, 2, 6], { groups: 2, padding: [1, 1, 1, 1] }),
  convolutionCase("depthwise", image, [3, 2, 1, 8], { groups: 4, strides: [1, 2] }),
  convolutionCase("depthwise, dilated", image, [2, 2, 1, 4], { groups: 4, dilation: [2, 3], padding: [1, 1, 0, 0] }),
  convolutionCase("over examples", [BATCH, 4, 4, 1], [2, 2, 1, 2], {}),
  ...windows.flatMap((window): [string, GradientCase][] => [
    [`maxPool2d ${JSON.stringify(window)}`, { shapes: [batchImage], build: (b, x) => b.maxPool2d(x, window) }],
    ...[false, true].map((countPadding): [string, GradientCase] => [
      `averagePool2d${countPadding ? " counting padding" : ""} ${JSON.stringify(window)}`,
      { shapes: [batchImage], build: (b, x) => b.averagePool2d(x, { ...window, countPadding }) },
    ]),
  ]),
  ["batchNormTraining", { shapes: [batchImage, [2], [2]], build: (b, x, gamma, beta) => b.batchNormTraining(x, gamma, beta, 1e-3)[0] }],
  [
    "batchNormInference",
    {
      shapes: [[BATCH, 3], [3], [3], [3], [3]],
      positive: true,
      build: (b, x, gamma, beta, mean, variance) => b.batchNormInference(x, gamma, beta, mean, variance, 1e-3),
    },
  ],
  ["softmax", { shapes: [[BATCH, 5]], build: (b, x) => b.softmax(x) }],
  [
    "softmaxCrossEntropy",
    { shapes: [[BATCH, 5]], build: (b, x) => b.softmaxCrossEntropy(x, b.argMax(b.unary("sign", b.unary("tanh", x)))) },
  ],
  ["cast", { shapes: [[BATCH, 2]], build: (b, x) => b.multiply(x, b.cast(b.argMax(b.reshape(x, [BATCH, 2, 1])), "float32")) }],
];

describe("gradients match central differences", () => {
  test.each(cases)("%s", (_, gradientCase) => {
    expect(gradientError(gradientCase)).toBeLessThan(1e-7);
  });
});
