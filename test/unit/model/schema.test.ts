import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { parse } from "jsonc-parser";
import { describe, expect, test } from "vitest";
import { readCnnJson } from "../../../src/model/cnnJson/read.js";
import { cnnJsonSchema } from "../../../src/model/cnnJson/schema.js";

const FILE = "media/cnn.schema.json";
const schema = cnnJsonSchema();
const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
const isValid = (text: string) => validate(parse(text));
const isRead = (text: string) => readCnnJson(text, "a.cnn.json").problems.length === 0;

test(`${FILE} is fresh (else: node scripts/generateSchema.mjs)`, () => {
  expect(readFileSync(FILE, "utf8")).toBe(`${JSON.stringify(schema, null, 2)}\n`);
});

const layers = (...list: string[]) => `{ "input": [28, 28, 1], "layers": [${list.join(", ")}] }`;
const conv = (more: string) => layers(`{ "type": "conv2d", "filters": 6, "kernelSize": 5, ${more} }`);
const training = (json: string) => `{ "input": [28, 28, 1], "layers": [{ "type": "flatten" }], "training": ${json} }`;

describe("the reader and the schema agree that these are right", () => {
  test.each([
    ...["lenet5", "glyphs", "convnet", "residual"].map((name) => readFileSync(`examples/${name}.cnn.json`, "utf8")),
    '{ "input": [28, 28], "layers": [{ "type": "flatten" }] }',
    '{ "input": [2, 3, 4, 5], "layers": [{ "type": "permute", "dims": [2, 1, 3, 4] }] }',
    '{ "$schema": "x", "name": "net", "input": [100], "layers": [{ "type": "dense", "units": 10 }] }',
    conv('"padding": "valid"'),
    conv('"padding": 2'),
    conv('"padding": [1, 2]'),
    conv('"padding": [[1, 2], [3, 4]]'),
    conv('"padding": [[1, 2], 0]'),
    conv('"strides": [1, 2], "dilationRate": 2, "groups": 1, "useBias": false, "activation": "gelu"'),
    conv('"kernelInitializer": "heNormal", "biasInitializer": { "type": "constant", "value": 0.1 }'),
    conv('"kernelInitializer": { "type": "varianceScaling", "scale": 2, "mode": "fanOut", "distribution": "uniform" }'),
    conv('"kernelRegularizer": "l2", "biasRegularizer": { "l1": 0.1 }'),
    conv('"kernelRegularizer": { "type": "l1l2" }, "name": "stem", "inputs": "input"'),
    layers('{ "type": "maxPooling2d" }', '{ "type": "averagePooling2d", "poolSize": [2, 3], "strides": 1, "padding": "same" }'),
    layers('{ "type": "batchNormalization", "variance": "unbiased", "momentum": 1 }', '{ "type": "dropout", "rate": 0 }'),
    layers('{ "type": "flatten", "name": "a" }', '{ "type": "concatenate", "axis": -1, "inputs": ["a", "a"] }'),
    layers('{ "type": "activation", "activation": "leakyReLU", "alpha": 0.1 }', '{ "type": "zeroPadding2d", "padding": 3 }'),
    training("{}"),
    training('{ "data": "idx:some/folder", "seed": 0, "validationSplit": 0, "l2": 0.1, "loss": "meanSquaredError", "metrics": [] }'),
    training('{ "optimizer": "rmsprop", "schedule": "cosine", "earlyStopping": {} }'),
    training('{ "optimizer": { "type": "sgd", "momentum": 0.9, "nesterov": true }, "schedule": { "type": "warmUp", "epochs": 0.5 } }'),
  ])("%s", (text) => {
    expect(readCnnJson(text, "a.cnn.json").problems).toEqual([]);
    expect([isValid(text), validate.errors]).toEqual([true, null]);
  });
});

describe("the reader and the schema agree that these are wrong", () => {
  test.each([
    "[]",
    "{}",
    '{ "input": [28, 28, 1] }',
    '{ "input": [], "layers": [{ "type": "flatten" }] }',
    '{ "input": [28, 28, 0], "layers": [{ "type": "flatten" }] }',
    '{ "input": "28x28x1", "layers": [{ "type": "flatten" }] }',
    '{ "input": [28, 28, 1], "layers": [] }',
    '{ "input": [28, 28, 1], "layers": [{ "type": "flatten" }], "epochs": 3 }',
    '{ "input": [28, 28, 1], "layers": [{ "type": "flatten" }], "name": 3 }',
    layers("3"),
    layers("{}"),
    layers('{ "type": "conv" }'),
    layers('{ "type": 3 }'),
    layers('{ "type": "conv2d", "filters": 6 }'),
    layers('{ "type": "flatten", "units": 6 }'),
    layers('{ "type": "flatten", "name": "a b" }'),
    layers('{ "type": "flatten", "name": 3 }'),
    layers('{ "type": "flatten", "inputs": [] }'),
    layers('{ "type": "flatten", "inputs": [3] }'),
    conv('"filters": 0'),
    conv('"filters": 1.5'),
    conv('"filters": 2000000000'),
    conv('"kernelSize": [3]'),
    conv('"kernelSize": "3x3"'),
    conv('"padding": "full"'),
    conv('"padding": -1'),
    conv('"padding": [1, 2, 3]'),
    conv('"padding": [[1], 2]'),
    conv('"activation": "relu7"'),
    conv('"useBias": 1'),
    conv('"kernelInitializer": "constant"'),
    conv('"kernelInitializer": { "type": "constant" }'),
    conv('"kernelInitializer": { "type": "zeros", "value": 1 }'),
    conv('"kernelRegularizer": "l3"'),
    conv('"kernelRegularizer": { "l2": -1 }'),
    conv('"kernelRegularizer": { "l3": 1 }'),
    layers('{ "type": "dropout", "rate": 1 }'),
    layers('{ "type": "flatten", "name": "a" }', '{ "type": "concatenate", "axis": 0, "inputs": ["a", "a"] }'),
    training("3"),
    training('{ "epoch": 3 }'),
    training('{ "epochs": 0 }'),
    training('{ "data": "cifar10" }'),
    training('{ "data": "idx:" }'),
    training('{ "validationSplit": 1 }'),
    training('{ "optimizer": "adagrad" }'),
    training('{ "optimizer": {} }'),
    training('{ "optimizer": { "type": "sgd", "beta1": 0.9 } }'),
    training('{ "schedule": { "type": "oneCycle", "warmUpFraction": 2 } }'),
    training('{ "metrics": ["accuracy", "accuracy"] }'),
    training('{ "earlyStopping": { "patience": 0 } }'),
  ])("%s", (text) => {
    expect({ read: isRead(text), valid: isValid(text) }).toEqual({ read: false, valid: false });
  });
});

test("a wrong argument is one error of the schema, not one for each type of layer", () => {
  expect(isValid(conv('"strides": 0'))).toBe(false);
  const told = validate.errors?.filter((error) => error.keyword !== "if").map((error) => `${error.instancePath} ${error.keyword}`);
  expect(told).toEqual(["/layers/0/strides minimum"]);
});
