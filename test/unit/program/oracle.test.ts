import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { GraphBuilder } from "../../../src/program/graphBuilder.js";
import type { UnaryFunction, Value } from "../../../src/program/types.js";
import { call, type Fed } from "./call.js";
import { spreadNumbers } from "./gradientCheck.js";

// The reference against implementations that share nothing with it: TensorFlow.js' own kernels, in plain JavaScript.

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const random = (shape: readonly number[], seed: number): Fed => ({
  shape,
  data: spreadNumbers(
    shape.reduce((product, size) => product * size, 1),
    seed,
  ),
});

const toTensor = ({ shape, data }: Fed): tf.Tensor => tf.tensor(Float32Array.from(data), [...shape]);
const toTensor4d = ({ shape, data }: Fed): tf.Tensor4D =>
  tf.tensor4d(Float32Array.from(data), [...shape] as [number, number, number, number]);

function expectEqual(build: (b: GraphBuilder, ...inputs: Value[]) => Value, fed: readonly Fed[], oracle: tf.Tensor): void {
  const [actual] = call(build, ...fed);
  const expected = oracle.dataSync();
  expect(actual?.shape).toEqual(oracle.shape);
  const worst = actual?.data.reduce((most, value, i) => Math.max(most, Math.abs(value - (expected[i] ?? Number.NaN))), 0);
  expect(worst).toBeLessThan(2e-5);
}

describe("reference against tfjs", () => {
  const x = random([2, 7, 8, 3], 1);

  test.each([
    { strides: [1, 1], dilation: [1, 1], padding: [0, 0, 0, 0], pad: "valid" },
    { strides: [1, 1], dilation: [1, 1], padding: [1, 1, 0, 1], pad: "same" },
    { strides: [2, 3], dilation: [1, 1], padding: [1, 1, 0, 0], pad: "same" },
    { strides: [1, 1], dilation: [2, 3], padding: [0, 0, 0, 0], pad: "valid" },
    { strides: [1, 1], dilation: [2, 3], padding: [2, 2, 1, 2], pad: "same" },
  ] as const)("conv2d and depthwise $pad, strides $strides, dilation $dilation", ({ strides, dilation, padding, pad }) => {
    const options = { strides, dilation, padding };
    const kernel = random([3, 2, 3, 4], 2);
    expectEqual(
      (b, v, k) => b.conv2d(v, k, { ...options, groups: 1 }),
      [x, kernel],
      tf.conv2d(toTensor4d(x), toTensor4d(kernel), [...strides], pad, "NHWC", [...dilation]),
    );
    // Kernels [h, w, channels, multiplier] of depthwise convolution are [h, w, 1, channels * multiplier] in groups.
    const depthwise = random([3, 2, 3, 2], 3);
    expectEqual(
      (b, v, k) => b.conv2d(v, b.reshape(k, [3, 2, 1, 6]), { ...options, groups: 3 }),
      [x, depthwise],
      tf.depthwiseConv2d(toTensor4d(x), toTensor4d(depthwise), [...strides], pad, "NHWC", [...dilation]),
    );
  });

  test.each([
    { size: [3, 2], strides: [2, 2], padding: [1, 1, 0, 0], pad: "same" },
    { size: [2, 2], strides: [1, 1], padding: [0, 1, 0, 1], pad: "same" },
    { size: [3, 3], strides: [3, 2], padding: [0, 0, 0, 0], pad: "valid" },
  ] as const)("pooling $pad, window $size, strides $strides", (window) => {
    const { size, strides, padding, pad } = window;
    const tensor = toTensor4d(x);
    expectEqual((b, v) => b.maxPool2d(v, { size, strides, padding }), [x], tf.maxPool(tensor, [...size], [...strides], pad));
    expectEqual(
      (b, v) => b.averagePool2d(v, { size, strides, padding, countPadding: false }),
      [x],
      tf.avgPool(tensor, [...size], [...strides], pad),
    );
  });

  test.each([
    ["exp", tf.exp],
    ["sigmoid", tf.sigmoid],
    ["tanh", tf.tanh],
    ["elu", tf.elu],
    ["softplus", tf.softplus],
    ["erf", tf.erf],
    ["reciprocal", tf.reciprocal],
  ] as readonly [UnaryFunction, (x: tf.Tensor) => tf.Tensor][])("%s", (fn, oracle) => {
    const values = random([50], 4);
    expectEqual((b, v) => b.unary(fn, v), [values], oracle(toTensor(values)));
  });

  test("softmax, reductions and batch normalization", () => {
    const scores = random([4, 6], 5);
    expectEqual((b, v) => b.softmax(v), [scores], tf.softmax(toTensor(scores)));
    expectEqual((b, v) => b.reduce("max", v, [1, 2], false), [x], tf.max(toTensor(x), [1, 2]));
    expectEqual((b, v) => b.reduce("mean", v, [0, 3], true), [x], tf.mean(toTensor(x), [0, 3], true));
    const { mean, variance } = tf.moments(toTensor(x), [0, 1, 2]);
    expectEqual(
      (b, v) => b.batchNormTraining(v, b.constant([2], [3]), b.constant([-1], [3]), 0.01)[0],
      [x],
      tf.batchNorm(toTensor(x), mean as tf.Tensor1D, variance as tf.Tensor1D, tf.fill([3], -1), tf.fill([3], 2), 0.01),
    );
  });
});
