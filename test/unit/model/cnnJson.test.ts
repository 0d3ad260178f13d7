import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readCnnJson } from "../../../src/model/cnnJson/read.js";
import { DEFAULT_TRAINING } from "../../../src/model/training.js";

const conv = '{ "type": "conv2d", "filters": 6, "kernelSize": 5 }';
const withLayers = (...layers: string[]) => `{ "input": [28, 28, 1], "layers": [${layers.join(", ")}] }`;
const withTraining = (training: string) => `{ "input": [28, 28, 1], "layers": [${conv}], "training": ${training} }`;
const read = (text: string) => readCnnJson(text, "folder/toy.cnn.json");
const messages = (text: string) => read(text).problems.map((problem) => problem.message);
/** Messages with the text that is underlined. */
const underlined = (text: string) => read(text).problems.map(({ range, message }) => [text.slice(range.start, range.end), message]);
const names = (text: string) => read(text).network.layers.map((layer) => layer.name);

/** The text after a problem's first fix. */
function fixed(text: string): string {
  const [fix] = read(text).problems.flatMap((problem) => problem.fixes);
  const edits = [...(fix?.edits ?? [])].sort((a, b) => b.range.start - a.range.start);
  return edits.reduce((result, { range, text: put }) => result.slice(0, range.start) + put + result.slice(range.end), text);
}

describe("a good file", () => {
  const text = readFileSync("examples/lenet5.cnn.json", "utf8");
  const { network, problems } = readCnnJson(text, "examples/lenet5.cnn.json");

  test("has no problems and all its layers, with names and places", () => {
    expect(problems).toEqual([]);
    expect(network.name).toBe("lenet5");
    expect(network.input?.shape).toEqual([28, 28, 1]);
    expect(network.layers.map((layer) => layer.name).join()).toBe(
      "conv2d_1,maxPooling2d_1,conv2d_2,maxPooling2d_2,flatten,dense_1,dense_2,dense_3",
    );
    const [first] = network.layers;
    const kernelSize = first?.argumentRanges.get("kernelSize");
    expect(text.slice(kernelSize?.start, kernelSize?.end)).toBe("5");
    expect(text.slice(first?.range.start, first?.range.end)).toMatch(/^\{ "type": "conv2d".*"relu" \}$/);
    expect(first?.args).toMatchObject({ filters: 6, kernelSize: [5, 5], strides: [1, 1], padding: "same", useBias: true });
    expect(network.layers.map((layer) => layer.inputs[0])[0]).toBe("input");
  });

  test("has its training block with all defaults", () => {
    expect(network.training).toEqual({
      ...DEFAULT_TRAINING,
      data: "mnist",
      epochs: 6,
      optimizer: { type: "adam", learningRate: 0.004, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0 },
      schedule: { type: "oneCycle", warmUpFraction: 0.3, startFactor: 0.04, finalFactor: 0.0001 },
    });
  });

  test.each(["glyphs", "convnet", "residual"])("examples/%s.cnn.json", (name) => {
    expect(readCnnJson(readFileSync(`examples/${name}.cnn.json`, "utf8"), name).problems).toEqual([]);
  });
});

describe("names", () => {
  test("are counted for each type over unnamed layers, around those that are taken", () => {
    const text = withLayers(
      '{ "type": "flatten" }',
      '{ "type": "dropout", "rate": 0.1, "name": "dense_1" }',
      '{ "type": "dense", "units": 1 }',
      '{ "type": "dense", "units": 1, "name": "head" }',
      '{ "type": "dense", "units": 1 }',
    );
    expect(names(text)).toEqual(["flatten", "dense_1", "dense_2", "head", "dense_3"]);
    expect(names(withLayers('{ "type": "flatten" }', '{ "type": "flatten" }'))).toEqual(["flatten_1", "flatten_2"]);
  });

  test("must differ", () => {
    const twice = '{ "type": "flatten", "name": "a" }';
    expect(underlined(withLayers(twice, twice))).toEqual([['"a"', "a: is the name of an earlier layer too; use a name of its own."]]);
    expect(messages(withLayers('{ "type": "flatten", "name": "input" }'))).toEqual([
      "input: is what the network's input is called; use a name of its own.",
    ]);
  });
});

describe("branches", () => {
  test("take what they name, others the layer above", () => {
    const text = withLayers(
      '{ "type": "activation", "activation": "relu", "name": "stem" }',
      '{ "type": "activation", "activation": "relu" }',
      '{ "type": "add", "inputs": ["stem", "activation_1"] }',
      '{ "type": "flatten", "inputs": "stem" }',
      '{ "type": "flatten", "inputs": ["input"] }',
    );
    expect(read(text).problems).toEqual([]);
    expect(read(text).network.layers.map((layer) => layer.inputs)).toEqual([
      ["input"],
      ["stem"],
      ["stem", "activation_1"],
      ["stem"],
      ["input"],
    ]);
  });

  test("can't take what does not exist or comes later", () => {
    const text = withLayers('{ "type": "flatten", "inputs": "later" }', '{ "type": "flatten", "name": "later", "inputs": "fltten_1" }');
    expect(underlined(text)).toEqual([
      ['"later"', 'flatten: input "later" comes later in the file; use an earlier layer, or input.'],
      ['"fltten_1"', 'later: input "fltten_1" does not exist; did you mean flatten?'],
    ]);
    expect(messages(withLayers('{ "type": "flatten", "inputs": "flatten" }'))[0]).toContain("is this layer itself");
  });
});

describe("mistakes are told in one sentence, where they are", () => {
  test.each([
    [withLayers('{ "type": "conv2", "filters": 6 }'), '"conv2"', 'There is no layer "conv2"; did you mean conv2d?'],
    [withLayers('{ "type": "conv2d", "filters": 0, "kernelSize": 5 }'), "0", "conv2d_1: filters is 0; use a whole number from 1."],
    [
      withLayers('{ "type": "conv2d", "filters": 6 }'),
      '{ "type": "conv2d", "filters": 6 }',
      "conv2d_1: needs kernelSize, a whole number from 1, or [height, width].",
    ],
    [withLayers('{ "type": "flatten", "unit": 3 }'), '"unit"', 'flatten: has no "unit"; it knows order, type, name, inputs, weightsOf.'],
    [withLayers('{ "units": 3 }'), '{ "units": 3 }', "layer_1: needs a type, such as conv2d, maxPooling2d, flatten or dense."],
    [withLayers('"flatten"'), '"flatten"', 'layer_1: a layer is an object, such as { "type": "flatten" }.'],
    [withLayers(), "[]", 'layers needs at least one layer, such as [{ "type": "flatten" }].'],
    [`{ "input": [28, 0], "layers": [${conv}] }`, "[28, 0]", "input is [28,0]; use [height, width, channels], such as [28, 28, 1]."],
    [`{ "layers": [${conv}] }`, "{", "The network needs an input, [height, width, channels]; 28x28 gray images are [28, 28, 1]."],
    ['{ "input": [28, 28, 1] }', "{", "The network needs layers, a list."],
    [`{ "input": [1], "layer": [], "layers": [${conv}] }`, '"layer"', 'The network has no "layer"; did you mean layers?'],
    [withTraining('{ "data": "mnits" }'), '"mnits"', 'training: data is "mnits"; use glyphs, mnist or idx:PATH.'],
    [withTraining('{ "batchSize": -1 }'), "-1", "training: batchSize is -1; use a whole number from 1."],
    [withTraining('{ "optimizer": "adm" }'), '"adm"', 'training: optimizer is "adm"; use sgd, adam, adamw or rmsprop.'],
    [
      withTraining('{ "optimizer": { "type": "sgd", "learningRate": 0 } }'),
      "0",
      "training optimizer: learningRate is 0; use a number above 0.",
    ],
    [
      withTraining('{ "schedule": { "type": "step", "everyEpoch": 3 } }'),
      '"everyEpoch"',
      'training schedule: has no "everyEpoch"; did you mean everyEpochs?',
    ],
    [
      withTraining('{ "optimizer": { "learningRate": 1 } }'),
      '{ "learningRate": 1 }',
      "training optimizer: needs a type, sgd, adam, adamw or rmsprop.",
    ],
    [
      withTraining('{ "earlyStopping": true }'),
      "true",
      "training: earlyStopping is true; use an object with patience and minimumImprovement.",
    ],
    [
      withTraining('{ "metrics": ["acc"] }'),
      '["acc"]',
      'training: metrics is ["acc"]; use a list of accuracy, top5, meanAbsoluteError, each once.',
    ],
    [withTraining("[]"), "[]", 'training is an object, such as { "data": "mnist", "epochs": 12 }.'],
  ])("%s", (text, place, message) => {
    const [[where, what] = []] = underlined(text);
    expect(where).toBe(place);
    expect(what?.slice(0, message.length)).toBe(message);
    expect(underlined(text)).toHaveLength(1);
  });

  test("with edits that make them right", () => {
    const repairable = [
      withLayers('{ "type": "Conv2D", "filters": 6, "kernelSize": 5 }'),
      withLayers('{ "type": "conv2d", "filters": 6, "kernelSize": 5, "paddin": "same" }'),
      withLayers('{ "type": "conv2d", "filters": 6, "kernelSize": 5, "padding": "smae" }'),
      withLayers('{ "type": "flatten", "name": "flat" }', '{ "type": "flatten", "inputs": "flt" }'),
      `{ "layers": [${conv}] }`,
      withTraining('{ "optimizer": { "type": "Adam" } }'),
    ];
    for (const text of repairable) {
      expect(messages(text)).toHaveLength(1);
      expect(messages(fixed(text))).toEqual([]);
    }
  });
});

describe("training", () => {
  const training = (json: string) => read(withTraining(json)).network.training;

  test("defaults of optimizers are Keras'", () => {
    expect(training('{ "optimizer": "sgd" }').optimizer).toEqual({
      type: "sgd",
      learningRate: 0.01,
      momentum: 0,
      nesterov: false,
      weightDecay: 0,
    });
    expect(training('{ "optimizer": { "type": "adamw" } }').optimizer).toMatchObject({ learningRate: 0.001, weightDecay: 0.004 });
    expect(training('{ "optimizer": "rmsprop" }').optimizer).toMatchObject({ rho: 0.9, momentum: 0, epsilon: 1e-7 });
  });

  test("has no early stopping unless asked for", () => {
    expect(training("{}")).toEqual(DEFAULT_TRAINING);
    expect(training('{ "earlyStopping": { "patience": 3 } }').earlyStopping).toEqual({ patience: 3, minimumImprovement: 0 });
  });

  test("keeps what is right beside what is wrong", () => {
    expect(training('{ "epochs": 3, "batchSize": "x" }')).toMatchObject({ epochs: 3, batchSize: 128 });
  });
});

describe("half-typed text", () => {
  test("gives the layers that are there, and one syntax problem", () => {
    const text = `{ "input": [28, 28, 1], "layers": [${conv}, { "type": "maxPooling2d" }, { "type": "dense", "units": `;
    const { network, problems } = read(text);
    expect(network.layers.map((layer) => layer.name)).toEqual(["conv2d_1", "maxPooling2d_1"]);
    expect(problems.filter((problem) => problem.code === "syntax")).toHaveLength(1);
  });

  test("a layer that can't be read leaves a gap, so that what is behind it is unknown, not wrong", () => {
    const text = withLayers(conv, '{ "type": "conv" }', '{ "type": "flatten" }');
    expect(read(text).network.layers.map(({ name, inputs }) => [name, inputs])).toEqual([
      ["conv2d_1", ["input"]],
      ["flatten", ["conv_1"]],
    ]);
  });

  test.each(["", "   ", "{", "[", "null", "3", "// only a comment", '{ "layers": {} }', '{"training": 3}'])("%j is a problem", (text) => {
    expect(read(text).problems.length).toBeGreaterThan(0);
  });

  test("comments and trailing commas are no problems", () => {
    expect(messages(`{ /* a */ "input": [28, 28, 1,], // b\n "layers": [${conv},],\n}`)).toEqual([]);
  });
});

describe("layers that use the weights of another", () => {
  const shared = (...more: string[]) => withLayers('{ "type": "conv2d", "name": "first", "filters": 6, "kernelSize": 5 }', ...more);

  test("say whose", () => {
    const { network, problems } = read(shared('{ "type": "conv2d", "filters": 6, "kernelSize": 5, "weightsOf": "first" }'));
    expect(problems).toEqual([]);
    expect(network.layers.map(({ weightsOf }) => weightsOf)).toEqual([undefined, "first"]);
  });

  test.each([
    ['"frist"', 'conv2d_1: weightsOf "frist" does not exist; did you mean first?'],
    ['"input"', 'conv2d_1: weightsOf "input" is no layer; use an earlier layer.'],
    ['"conv2d_1"', 'conv2d_1: weightsOf "conv2d_1" is this layer itself; use an earlier layer.'],
    ["7", "conv2d_1: weightsOf is 7; use the name of an earlier layer."],
  ])("%s", (name, message) => {
    const text = shared(`{ "type": "conv2d", "filters": 6, "kernelSize": 5, "weightsOf": ${name} }`);
    expect(underlined(text)).toEqual([[name, message]]);
  });
});
