import { beforeAll, describe, expect, it } from "vitest";
import { sourceLanguage } from "../../../../src/reading/languages.js";
import { Source } from "../../../../src/reading/source.js";
import { packagedGrammars } from "../../../fixtures/grammars.js";

const grammars = packagedGrammars();

beforeAll(() => grammars.load("javascript"));

function read(text: string, target = "model", inputs?: readonly (readonly number[])[]) {
  return new Source(text, sourceLanguage("javascript", grammars), { file: "main.js", patience: 25 }).read(target, inputs);
}

/** Problems as "what they underline: message". */
function problems(text: string, target?: string, inputs?: readonly (readonly number[])[]): string[] {
  return read(text, target, inputs).problems.map(({ range, message }) => `${text.slice(range.start, range.end)}: ${message}`);
}

const stack = (...layers: string[]) =>
  `const model = tf.sequential(); ${layers.map((layer) => `model.add(tf.layers.${layer});`).join(" ")}`;
const CONV = "conv2d({inputShape: [8, 8, 1], filters: 4, kernelSize: 3})";

describe("what TensorFlow.js would refuse is told where it is wrong", () => {
  it.each<[text: string, told: RegExp]>([
    [stack("conv2d({inputShape: [8, 8, 1], filters: 4, kernelSize: 9})"), /^9: conv2d: kernelSize .*9.*8/],
    [stack("dense({inputShape: [4]})"), /^tf\.layers\.dense\(.*\): dense: needs units/],
    [stack("dense({inputShape: [4], units: 7 * 'a'})"), /dense: units is not a number, but has to be a whole number from 1/],
    [stack("dropout({inputShape: [4], rate: 7 * 'a'})"), /dropout: rate is not a number, but has to be from 0 to 1/],
    [stack("dense({units: 3})"), /must get an inputShape or batchInputShape/],
    [
      stack("dense({units: 3, inputShape: [4]})", "conv2d({filters: 1, kernelSize: 3})"),
      /^tf\.layers\.conv2d.*conv2d: needs rows and columns and channels, but gets 3/,
    ],
    [stack(CONV, "reshape({targetShape: [7, 7, 4]})"), /144|6x6x4/],
    [stack(CONV, "maxPooling2d()"), /needs a config object, at least \{\}/],
    [stack(CONV, "dense({units: 3, activation: 'rleu'})"), /^'rleu': dense: TensorFlow.js has no activation "rleu"/],
    [stack("conv2D({filters: 1})"), /tf\.layers\.conv2D is not a function; tf\.layers\.conv2d is/],
    [
      "const a = tf.input({shape: [4]}), b = tf.input({shape: [5]}); const model = tf.model({inputs: [a, b], outputs: tf.layers.add().apply([a, b])})",
      /^tf\.layers\.add\(\): add: .*4.*5/,
    ],
  ])("%s", (text, told) => {
    expect(
      problems(text, text.includes("conv2D(") ? "(() => { model.add(tf.layers.conv2D({filters: 1})); return model; })()" : "model").join(
        "\n",
      ),
    ).toMatch(told);
  });

  it("also where an input does not fit what the model says", () => {
    expect(problems(stack(CONV), "model", [[28, 28, 1]])).toEqual(["[8, 8, 1]: conv2d: expects inputs of 8x8x1, but gets 28x28x1"]);
  });

  it("not where a function that makes the model is to be given what it lacks", () => {
    const text = `
const tf = require("@tensorflow/tfjs");
function build(inputShape, units) {
  const model = tf.sequential();
  model.add(tf.layers.flatten({inputShape}));
  model.add(tf.layers.dense({units}));
  return model;
}
function wrong() { const model = tf.sequential(); model.add(tf.layers.dense({units: 3})); return model; }
`;
    expect(problems(text, "build()")).toEqual([]);
    expect(problems(text, "build([2, 2], 3)")).toEqual([]);
    expect(read(text, "build([2, 2], 3)").outputs).toEqual([[undefined, 3]]);
    expect(problems(text, "wrong()").join()).toMatch(/must get an inputShape/);
  });

  it("in operations of a layer's own", () => {
    const text = `class L extends tf.layers.Layer { call(x) { return tf.matMul(x, tf.zeros([5, 2])); } }
      const x = tf.input({shape: [4]}); const model = tf.model({inputs: x, outputs: new L({}).apply(x)});`;
    expect(problems(text)).toEqual([
      "tf.matMul(x, tf.zeros([5, 2])): tf.matMul: inner shapes (4) and (5) of tensors with shapes [?,4] and [5,2] must match",
    ]);
  });

  it("with edits that make it right", () => {
    const [problem] = read(stack("conv2d({inputShape: [8, 8, 1], filters: 4, kernelSize: 9, padding: 'valid'})")).problems;
    expect(problem?.fixes.every(({ title }) => !title.includes("_"))).toBe(true);
  });
});

describe("what cannot be known is silent", () => {
  it.each([
    "const model = tf.sequential({layers: [tf.layers.flatten({inputShape: loaded.outputs[0].shape.slice(1)}), tf.layers.dense({units: 2})]})",
    "const model = tf.sequential({layers: [tf.layers.dense({units: window.units, inputShape: [4]}), tf.layers.dense({units: 2})]})",
    "const model = tf.sequential(); model.add(tf.layers.dense(config)); model.add(tf.layers.dense({units: 3}))",
    "const model = tf.sequential(); if (window.big) model.add(tf.layers.dense({units: 3, inputShape: [4]})); model.add(makeLayer()); model.add(tf.layers.dense({units: 3}))",
    "const model = tf.sequential(); model.add(tf.layers.conv2d({inputShape: [H, W, 1], kernelSize: K, filters: 2})); model.add(tf.layers.flatten()); model.add(tf.layers.dense({units: 3}))",
    "const model = tf.sequential(); model.add(tf.layers.dense({units: undefined, inputShape: [4]}))",
  ])("%s", (text) => {
    expect(problems(text)).toEqual([]);
  });

  it("but not what stands around it", () => {
    const text =
      "const model = tf.sequential(); model.add(tf.layers.conv2d({inputShape: [H, 8, 1], kernelSize: 3, filters: 2, name: 'c'}));";
    expect(read(text).layers.map(({ outputs }) => outputs)).toEqual([[[undefined, undefined, 6, 2]]]);
  });

  it("nor are models that are loaded", () => {
    const text =
      "const net = await tf.loadLayersModel('https://example.com/model.json'); const model = tf.model({inputs: net.inputs, outputs: net.layers[3].output})";
    expect(read(text).problems.map(({ severity }) => severity)).toEqual(["hint"]);
  });
});

describe("operations on tensors", () => {
  it.each<[expression: string, shape: readonly number[]]>([
    ["tf.zeros([2, 3, 4]).reshape([-1, 4])", [6, 4]],
    ["tf.tensor([[1, 2, 3], [4, 5, 6]]).transpose()", [3, 2]],
    ["tf.ones([8, 8, 3]).expandDims(0).toFloat().div(127).sub(1)", [1, 8, 8, 3]],
    ["tf.ones([2, 1, 3]).add(tf.ones([4, 1]))", [2, 4, 3]],
    ["tf.concat([tf.ones([2, 3]), tf.ones([2, 5])], 1)", [2, 8]],
    ["tf.stack([tf.ones([2]), tf.ones([2])], 1)", [2, 2]],
    ["tf.ones([2, 3]).matMul(tf.ones([4, 3]), false, true)", [2, 4]],
    ["tf.mean(tf.ones([2, 3, 4]), [1, 2])", [2]],
    ["tf.ones([2, 3, 4]).sum(-1, true)", [2, 3, 1]],
    ["tf.conv2d(tf.ones([1, 9, 9, 2]), tf.ones([3, 3, 2, 5]), 2, 'same')", [1, 5, 5, 5]],
    ["tf.ones([9, 9, 2]).maxPool([2, 2], 2, 'valid')", [4, 4, 2]],
    ["tf.image.resizeBilinear(tf.ones([1, 9, 9, 2]), [20, 30])", [1, 20, 30, 2]],
    ["tf.tidy(() => tf.ones([4, 5]).argMax(1))", [4]],
    ["tf.ones([4, 5]).slice([1, 0], [2, -1])", [2, 5]],
    ["tf.pad(tf.ones([4, 5]), [[1, 1], [0, 2]])", [6, 7]],
    ["tf.oneHot(tf.tensor1d([1, 2, 3]), 10)", [3, 10]],
    ["tf.split(tf.ones([4, 6]), 3, 1)[0]", [4, 2]],
    ["tf.ones([1, 4, 1]).squeeze()", [4]],
    ["tf.randomNormal([5, 2]).gather(tf.tensor1d([0, 1, 1]))", [3, 2]],
  ])("%s", (expression, shape) => {
    // The shape of a tensor becomes that of a model's output.
    const text = `const t = ${expression}; const x = tf.input({shape: [3]}); const model = tf.model({inputs: x, outputs: tf.layers.reshape({targetShape: t.shape}).apply(tf.input({shape: [t.size]}))});`;
    expect(read(text).outputs).toEqual([[undefined, ...shape]]);
  });
});
