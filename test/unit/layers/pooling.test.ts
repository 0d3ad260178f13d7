import { describe, expect, test } from "vitest";
import { errorOf, shapeOf } from "./layerOf.js";
import { runLayer, sequence } from "./runLayer.js";
import { type TorchCase, testTorchCases } from "./torchCases.js";

const CASES: readonly TorchCase[] = [
  {
    call: "F.max_pool2d(x, 3, stride=2, ceil_mode=True)",
    layer: { type: "maxPooling2d", poolSize: 3, strides: 2, ceilMode: true },
    input: [1, 4, 5, 1],
    output: { shape: [1, 2, 2, 1], data: [0.95519, 0.99245, 0.97315, 0.98178] },
  },
  {
    call: "F.max_pool2d(x, 2, stride=3, padding=1, ceil_mode=True)",
    layer: { type: "maxPooling2d", poolSize: 2, strides: 3, padding: 1, ceilMode: true },
    input: [1, 5, 6, 1],
    output: { shape: [1, 2, 3, 1], data: [0.41089, 0.99245, 0.56548, 0.98178, 0.50791, 0.97315] },
  },
  {
    call: "F.max_pool2d(x, (2, 3), stride=1, dilation=2)",
    layer: { type: "maxPooling2d", poolSize: [2, 3], strides: 1, dilationRate: 2 },
    input: [1, 5, 6, 2],
    output: {
      shape: [1, 3, 2, 2],
      data: [0.98658, 0.96654, 0.95519, 0.99245, 0.79263, 0.97315, 0.98178, 0.99542, 0.98658, 0.96654, 0.77577, 0.83237],
    },
  },
  {
    call: "F.max_pool2d(x, 3, stride=2, padding=1, dilation=(2, 1), ceil_mode=True)",
    layer: { type: "maxPooling2d", poolSize: 3, strides: 2, padding: 1, dilationRate: [2, 1], ceilMode: true },
    input: [1, 6, 6, 1],
    output: {
      shape: [1, 3, 4, 1],
      data: [0.98178, 0.817, 0.10911, -0.67246, 0.98178, 0.98658, 0.96654, 0.44798, 0.98178, 0.98658, 0.96654, 0.44798],
    },
  },
  {
    call: "F.avg_pool2d(x, 3, stride=2, padding=1)",
    layer: { type: "averagePooling2d", poolSize: 3, strides: 2, padding: 1, countPadding: true },
    input: [1, 5, 4, 1],
    output: { shape: [1, 3, 2, 1], data: [0.28667, 0.35507, -0.12649, -0.23643, 0.07953, 0.32939] },
  },
  {
    call: "F.avg_pool2d(x, 3, stride=2, padding=1, ceil_mode=True)",
    layer: { type: "averagePooling2d", poolSize: 3, strides: 2, padding: 1, countPadding: true, ceilMode: true },
    input: [1, 6, 4, 1],
    output: {
      shape: [1, 4, 3, 1],
      data: [0.28667, 0.35507, 0.12485, -0.12649, -0.23643, -0.11734, 0.14809, 0.23247, 0.10278, 0.10284, -0.14538, -0.16811],
    },
  },
  {
    call: "F.avg_pool2d(x, 3, stride=2, padding=1, ceil_mode=True, count_include_pad=False)",
    layer: { type: "averagePooling2d", poolSize: 3, strides: 2, padding: 1, ceilMode: true },
    input: [1, 6, 4, 1],
    output: {
      shape: [1, 4, 3, 1],
      data: [0.645, 0.5326, 0.37454, -0.18974, -0.23643, -0.23468, 0.22213, 0.23247, 0.20555, 0.30851, -0.29077, -0.67246],
    },
  },
  {
    call: "F.avg_pool2d(x, (2, 3), stride=3, ceil_mode=True)",
    layer: { type: "averagePooling2d", poolSize: [2, 3], strides: 3, ceilMode: true },
    input: [1, 5, 7, 1],
    output: { shape: [1, 2, 3, 1], data: [0.0606, -0.03687, -0.08555, -0.08135, -0.00627, 0.06184] },
  },
  {
    call: "F.adaptive_avg_pool2d(x, (3, 2))",
    layer: { type: "adaptiveAveragePooling2d", outputSize: [3, 2] },
    input: [1, 5, 4, 2],
    output: {
      shape: [1, 3, 2, 2],
      data: [-0.06321, -0.01975, 0.09925, 0.11162, -0.27795, -0.28042, -0.03117, 0.08824, -0.01521, -0.05937, -0.10804, -0.08672],
    },
  },
  {
    call: "F.adaptive_avg_pool2d(x, 3)",
    layer: { type: "adaptiveAveragePooling2d", outputSize: 3 },
    input: [1, 2, 7, 1],
    output: { shape: [1, 3, 3, 1], data: [0.70509, 0.93402, 0.53219, 0.0606, -0.00285, -0.06438, -0.58389, -0.93972, -0.66094] },
  },
  {
    call: "F.adaptive_avg_pool2d(x, 2)",
    layer: { type: "adaptiveAveragePooling2d", outputSize: 2 },
    input: [1, 4, 6, 1],
    output: { shape: [1, 2, 2, 1], data: [0.23802, -0.0678, 0.22081, 0.2276] },
  },
  {
    call: "F.adaptive_max_pool2d(x, (3, 2))",
    layer: { type: "adaptiveMaxPooling2d", outputSize: [3, 2] },
    input: [1, 5, 4, 2],
    output: {
      shape: [1, 3, 2, 2],
      data: [0.95519, 0.99245, 0.85443, 0.56548, 0.98178, 0.97315, 0.53114, 0.83237, 0.98658, 0.96654, 0.53114, 0.83237],
    },
  },
  {
    call: "F.adaptive_max_pool2d(x, 3)",
    layer: { type: "adaptiveMaxPooling2d", outputSize: 3 },
    input: [1, 2, 7, 1],
    output: { shape: [1, 3, 3, 1], data: [0.95519, 0.99245, 0.85443, 0.95519, 0.99245, 0.85443, -0.24337, -0.88787, -0.34775] },
  },
];

describe("pooling as PyTorch computes it", () => testTorchCases(CASES));

describe("pooling", () => {
  test("reaches beyond the end only with a window that starts before it, padding at the front counted", () => {
    const ceil = (size: number, more: object) => shapeOf({ type: "maxPooling2d", ceilMode: true, ...more }, [size, size, 1]).output[0];
    // torch.nn.MaxPool2d(2, 2, ceil_mode=True), (2, 3, ...), (2, 3, padding=1, ...) of images of these sizes.
    expect([4, 5].map((size) => ceil(size, {}))).toEqual([2, 3]);
    expect([6, 7].map((size) => ceil(size, { strides: 3 }))).toEqual([2, 3]);
    expect([5, 6].map((size) => ceil(size, { strides: 3, padding: 1 }))).toEqual([2, 3]);
  });

  test("with ceilMode or gaps says nothing of unread rows", () => {
    expect(shapeOf({ type: "maxPooling2d" }, [5, 5, 1]).warnings).toHaveLength(1);
    expect(shapeOf({ type: "maxPooling2d", ceilMode: true }, [5, 5, 1]).warnings).toEqual([]);
    expect(shapeOf({ type: "maxPooling2d", dilationRate: 2, strides: 3 }, [5, 5, 1]).warnings).toEqual([]);
  });

  test("refuses windows with gaps that are larger than the image", () => {
    expect(errorOf({ type: "maxPooling2d", poolSize: 3, dilationRate: 3 }, [5, 5, 1])).toContain(
      "poolSize 3 with dilationRate 3 spans 7 and does not fit a 5x5 input",
    );
  });

  test.each(["globalMaxPooling2d", "globalAveragePooling2d"])("%s keeps an image where it is asked to", (type) => {
    const input = sequence([2, 3, 4, 5]);
    const { output } = runLayer({ type, keepDims: true }, [input]);
    expect(output).toEqual({ shape: [2, 1, 1, 5], data: runLayer({ type }, [input]).output.data });
  });
});
