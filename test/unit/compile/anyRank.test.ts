import { expect, test } from "vitest";
import { initialValues } from "../../../src/compile/initialize.js";
import { createWasmExecutor } from "../../../src/engine/wasm/index.js";
import { examples, start, stepFeeds } from "./calls.js";
import { compile, parseLayers } from "./networks.js";

const CLASSES = 3;
const answer = { type: "dense", units: CLASSES, activation: "softmax" };

test.each([
  [
    "a row",
    [12],
    [
      { type: "reshape", targetShape: [3, 4] },
      { type: "permute", dims: [2, 1] },
    ],
  ],
  [
    "a matrix",
    [6, 4],
    [
      { type: "slice", axis: 1, step: 3 },
      { type: "softmax", axis: 1 },
    ],
  ],
  ["a volume", [2, 3, 4, 5], [{ type: "permute", dims: [3, 1, 2, 4] }, { type: "reduceMean", axes: [1] }, { type: "pReLU" }]],
  [
    "five axes",
    [2, 1, 3, 2, 2],
    [
      { type: "reduceMax", axes: [4], keepDims: true },
      { type: "activation", activation: "hardSwish" },
    ],
  ],
])("an input of %s trains on the wasm engine as on the reference", async (_, input, layers) => {
  const compiled = compile(parseLayers(input, [...layers, { type: "flatten" }, answer]), CLASSES);
  const [engine, reference] = [await createWasmExecutor(compiled.program), start(compiled)];
  engine.write(initialValues(compiled, 1));
  for (let step = 1; step <= 3; step++) {
    const feeds = { ...examples(4, input, CLASSES), ...stepFeeds(step, 0.1) };
    const [expected, actual] = [reference, engine].map((executor) => executor.run("train", feeds)[0]?.data[0] ?? Number.NaN);
    expect(actual).toBeCloseTo(expected ?? Number.NaN, 5);
  }
  engine.dispose();
});
