import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Problem } from "../../../src/base/problem.js";
import { cnnJsonFixes } from "../../../src/model/cnnJson/fix.js";
import { readNetwork } from "../../../src/model/read.js";
import { inferShapes } from "../../../src/shape/infer.js";

const infer = (text: string) => inferShapes(readNetwork(text, "toy.cnn.json").network, cnnJsonFixes(text));
const network = (input: readonly number[], ...layers: string[]) => `{
  "input": [${input.join(", ")}],
  "layers": [
    ${layers.join(",\n    ")}
  ]
}`;
const outputs = (text: string) => infer(text).layers.map(({ shape }) => shape?.output.join("x"));

function applied(text: string, problem: Problem | undefined, fix = 0): string {
  const edits = [...(problem?.fixes[fix]?.edits ?? [])].sort((a, b) => b.range.start - a.range.start);
  return edits.reduce((result, { range, text: put }) => result.slice(0, range.start) + put + result.slice(range.end), text);
}

describe("LeNet-5", () => {
  const shapes = infer(readFileSync("examples/lenet5.cnn.json", "utf8"));

  test("has the shapes of the textbook", () => {
    expect(shapes.layers.map(({ shape }) => shape?.output.join("x"))).toEqual([
      "28x28x6",
      "14x14x6",
      "10x10x16",
      "5x5x16",
      "400",
      "120",
      "84",
      "10",
    ]);
    expect(shapes.output).toEqual([10]);
    expect(shapes.problems).toEqual([]);
  });

  test("has 61,706 parameters, 416,520 multiply-adds and 33,976 bytes of activations", () => {
    expect(shapes.totalParameters).toBe(61_706);
    expect(shapes.trainableParameters).toBe(61_706);
    expect(shapes.totalMultiplyAdds).toBe(416_520);
    expect(shapes.totalActivationBytes).toBe(33_976);
  });
});

test("VGG-16 has 138,357,544 parameters and 15.47 billion multiply-adds (Simonyan and Zisserman, 2014)", () => {
  const block = (filters: number, count: number) => [
    ...Array.from(
      { length: count },
      () => `{ "type": "conv2d", "filters": ${filters}, "kernelSize": 3, "padding": "same", "activation": "relu" }`,
    ),
    '{ "type": "maxPooling2d" }',
  ];
  const dense = (units: number) => `{ "type": "dense", "units": ${units} }`;
  const blocks = [block(64, 2), block(128, 2), block(256, 3), block(512, 3), block(512, 3)].flat();
  const shapes = infer(network([224, 224, 3], ...blocks, '{ "type": "flatten" }', dense(4096), dense(4096), dense(1000)));
  expect(shapes.totalParameters).toBe(138_357_544);
  expect(shapes.totalMultiplyAdds).toBe(15_470_264_320);
  expect(shapes.problems).toEqual([]);
});

test("batch normalization's moving statistics are parameters, but not trainable", () => {
  const shapes = infer(network([8, 8, 4], '{ "type": "batchNormalization" }'));
  expect([shapes.totalParameters, shapes.trainableParameters]).toEqual([16, 8]);
});

describe("a layer that does not fit", () => {
  const text = network(
    [9, 9, 6],
    '{ "type": "conv2d", "filters": 8, "kernelSize": 5 }',
    '{ "type": "conv2d", "filters": 8, "kernelSize": 7 }',
    '{ "type": "flatten" }',
    '{ "type": "dense", "units": 10 }',
  );
  const [problem, ...others] = infer(text).problems;

  test("is one problem, at the argument, with its name", () => {
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ severity: "error", code: "window-too-large" });
    expect(problem?.message).toBe(
      "conv2d_2: kernelSize 7 does not fit a 5x5 input with padding valid; use padding same or a kernel up to 5.",
    );
    expect(text.slice(problem?.range.start, problem?.range.end)).toBe("7");
  });

  test("leaves what is before it known and what is behind it unknown", () => {
    expect(outputs(text)).toEqual(["5x5x8", undefined, undefined, undefined]);
  });

  test("is mended by either fix", () => {
    expect(problem?.fixes.map((fix) => fix.title)).toEqual(["Use padding same", "Set kernelSize 5"]);
    expect(outputs(applied(text, problem, 0))).toEqual(["5x5x8", "5x5x8", "200", "10"]);
    expect(applied(text, problem, 0)).toContain('{ "type": "conv2d", "filters": 8, "kernelSize": 7, "padding": "same" }');
    expect(outputs(applied(text, problem, 1))).toEqual(["5x5x8", "1x1x8", "8", "10"]);
  });
});

describe("dense after an image", () => {
  test("is mended by a flatten on a line of its own", () => {
    const text = network([5, 5, 16], '{ "type": "dense", "units": 10 }');
    const [problem] = infer(text).problems;
    expect(problem?.message).toBe("dense_1: needs a vector, but gets 5x5x16; insert a flatten before it.");
    expect(problem?.fixes[0]?.title).toBe("Insert flatten before dense_1");
    expect(applied(text, problem)).toBe(network([5, 5, 16], '{ "type": "flatten" }', '{ "type": "dense", "units": 10 }'));
  });

  test("also in a branch", () => {
    const text = network(
      [5, 5, 16],
      '{ "type": "dropout", "rate": 0.5 }',
      '{ "type": "globalMaxPooling2d" }',
      '{ "type": "dense", "units": 16, "inputs": "dropout_1" }',
      '{ "type": "add", "inputs": ["globalMaxPooling2d_1", "dense_1"] }',
    );
    const mended = infer(applied(text, infer(text).problems[0]));
    expect(mended.problems).toEqual([]);
    expect(mended.output).toEqual([16]);
  });
});

describe("branches", () => {
  test("that do not meet are told by name", () => {
    const text = network(
      [56, 56, 64],
      '{ "type": "maxPooling2d" }',
      '{ "type": "conv2d", "filters": 64, "kernelSize": 1, "inputs": "input" }',
      '{ "type": "add", "inputs": ["conv2d_1", "maxPooling2d_1"] }',
    );
    expect(infer(text).problems.map((problem) => problem.message)).toEqual([
      "add_1: needs equal shapes, but gets 56x56x64 (conv2d_1) and 28x28x64 (maxPooling2d_1); give conv2d_1 strides 2, or pool its output.",
    ]);
  });

  test("that nothing uses are a warning", () => {
    const text = network([8, 8, 1], '{ "type": "flatten", "name": "lost" }', '{ "type": "globalMaxPooling2d", "inputs": "input" }');
    expect(infer(text).problems.map(({ severity, message }) => [severity, message])).toEqual([
      ["warning", "lost: no layer uses its output; name it in the inputs of globalMaxPooling2d_1, or remove it."],
    ]);
  });

  test("joined by a layer that takes one input are a problem at the inputs", () => {
    const text = network([8, 8, 1], '{ "type": "flatten" }', '{ "type": "dropout", "rate": 0.1, "inputs": ["input", "flatten"] }');
    const [problem] = infer(text).problems;
    expect(text.slice(problem?.range.start, problem?.range.end)).toBe('["input", "flatten"]');
  });
});

test("without an input nothing is known, and inference adds no problem", () => {
  const shapes = infer('{ "layers": [{ "type": "flatten" }] }');
  expect(shapes.output).toBeUndefined();
  expect(shapes.problems).toEqual([]);
});

test("sizes that are no longer exact numbers are a problem", () => {
  const text = network([1000000000, 1000000000, 1], '{ "type": "zeroPadding2d", "padding": 1000000000 }');
  expect(infer(text).problems[0]?.code).toBe("too-large");
});
