import { describe, expect, test } from "vitest";
import { UserError } from "../../../src/base/userError.js";
import { compileNetwork } from "../../../src/compile/compile.js";
import { correction } from "../../../src/compile/optimizer.js";
import { inferShapes } from "../../../src/shape/infer.js";
import { examples, start, stepFeeds } from "./calls.js";
import { compile, example, parseLayers } from "./networks.js";

const sizeOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);

describe("LeNet-5", () => {
  const network = example("lenet5");
  const compiled = compile(network, 10);
  const { program } = compiled;

  test("has its 61,706 weights, each with two slots of adam, all initialized", () => {
    const count = (role: string) => program.variables.filter((v) => v.role === role).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    expect(count("weight")).toBe(61_706);
    expect(count("slot")).toBe(2 * 61_706);
    expect([...compiled.initial.keys()]).toEqual(program.variables.map(({ name }) => name));
    expect(compiled.trainable).toHaveLength(10);
    expect(compiled.layers).toEqual(network.layers.map(({ name }) => name));
    expect(compiled.kernels.get("conv2d_1")).toEqual({ kernel: "conv2d_1/kernel", bias: "conv2d_1/bias" });
    expect(compiled.kernels.has("flatten")).toBe(false);
  });

  test("compiles to the same program again", () => {
    expect(structuredClone(compile(network, 10))).toEqual(compiled);
    expect(JSON.stringify(compile(network, 10).program)).toBe(JSON.stringify(program));
  });

  test("computes no gradient of the images", () => {
    expect(program.nodes.filter(({ operation }) => operation.op === "conv2dInputGradient")).toHaveLength(1);
    expect(program.nodes.filter(({ operation }) => operation.op === "conv2dKernelGradient")).toHaveLength(2);
  });

  test("learns two examples by heart", { timeout: 30_000 }, () => {
    const executor = start(compiled);
    const fed = examples(2, [28, 28, 1], 10);
    const losses = Array.from({ length: 5 }, (_, i) => {
      const step = i + 1;
      const feeds = { ...fed, ...stepFeeds(step, 0.004, correction(network.training.optimizer, step)) };
      return executor.run("train", feeds)[0]?.data[0] ?? Number.NaN;
    });
    expect(losses[0]).toBeCloseTo(Math.log(10), 0);
    expect(losses.at(-1)).toBeLessThan(0.7 * (losses[0] ?? 0));
  });

  test("evaluates what training sees, and predicts probabilities", () => {
    const executor = start(compiled);
    const fed = examples(2, [28, 28, 1], 10);
    const [loss, accuracy] = executor.runFloat64("evaluate", fed).map(({ data }) => data[0] ?? Number.NaN);
    const [trainLoss, trainAccuracy] = executor.runFloat64("train", { ...fed, ...stepFeeds(1, 0) }).map(({ data }) => data[0]);
    expect((loss ?? 0) / 2).toBeCloseTo(trainLoss ?? Number.NaN, 12);
    expect((accuracy ?? 0) / 2).toBe(trainAccuracy);
    const [answers] = executor.runFloat64("predict", { images: fed["images"] ?? { shape: [], data: [] } });
    const labels = [...(fed["labels"]?.data ?? [])];
    const crossEntropy = labels.reduce((sum, label, n) => sum - Math.log(answers?.data[n * 10 + label] ?? Number.NaN), 0);
    expect(crossEntropy).toBeCloseTo(loss ?? Number.NaN, 12);
    const maps = executor.runFloat64("maps", { images: fed["images"] ?? { shape: [], data: [] } });
    expect(maps.map(({ shape }) => shape.slice(1).join("x"))).toEqual([
      "28x28x6",
      "14x14x6",
      "10x10x16",
      "5x5x16",
      "400",
      "120",
      "84",
      "10",
    ]);
    expect(maps.at(-1)).toEqual(answers);
  });
});

describe("batch normalization", () => {
  const network = parseLayers(
    [2, 2, 1],
    [{ type: "batchNormalization", momentum: 0.75 }, { type: "flatten" }, { type: "dense", units: 3, activation: "softmax" }],
    { optimizer: { type: "sgd", learningRate: 1, momentum: 0.9 } },
  );
  const compiled = compile(network, 3);

  test("statistics follow the batch", () => {
    const executor = start(compiled);
    const images = { shape: [1, 2, 2, 1], data: Uint8Array.of(0, 255, 0, 255) };
    executor.run("train", { images, labels: { shape: [1], data: Int32Array.of(0) }, ...stepFeeds(1, 0) });
    const [mean, variance] = executor.readFloat64(["batchNormalization_1/moving_mean", "batchNormalization_1/moving_variance"]);
    expect(mean?.[0]).toBeCloseTo(0.25 * 0.5, 12);
    expect(variance?.[0]).toBeCloseTo(0.75 + 0.25 * 0.25, 12);
  });

  test("gradients change nothing", () => {
    const executor = start(compiled);
    const names = compiled.program.variables.map(({ name }) => name);
    const before = executor.readFloat64(names);
    const fetches = executor.run("gradients", { ...examples(2, [2, 2, 1], 3), ...stepFeeds(1, 1) });
    expect(executor.readFloat64(names)).toEqual(before);
    expect(fetches).toHaveLength(1 + compiled.trainable.length);
  });
});

describe("what cannot be trained is said in one sentence", () => {
  const dense = (units: number, activation = "softmax") => ({ type: "dense", units, activation });

  test.each([
    ["problems of shapes", [4, 4, 1], [{ type: "conv2d", filters: 1, kernelSize: 7 }, { type: "flatten" }, dense(3)], {}, "conv2d_1"],
    ["too few units", [4, 4, 1], [{ type: "flatten" }, dense(2)], {}, "dense_1 has 2 outputs, but the data has 3 classes; use 3 units"],
    ["no vector", [4, 4, 1], [{ type: "conv2d", filters: 3, kernelSize: 3 }], {}, "conv2d_1 yields 2x2x3, not a vector"],
    ["a loss without probabilities", [4, 4, 1], [{ type: "flatten" }, dense(3, "tanh")], {}, "ends with tanh; use activation softmax"],
    [
      "one unit for three classes",
      [4, 4, 1],
      [{ type: "flatten" }, dense(1, "sigmoid")],
      { loss: "binaryCrossentropy" },
      "dense_1 has 1 output, but the data has 3 classes",
    ],
  ] as const)("%s", (_, input, layers, training, message) => {
    const network = parseLayers(input, layers, training);
    expect(() => compile(network, 3)).toThrow(UserError);
    expect(() => compile(network, 3)).toThrow(message);
  });

  test("images of another size", () => {
    const network = parseLayers([4, 4, 1], [{ type: "flatten" }, dense(3)]);
    expect(() => compileNetwork(network, inferShapes(network), { inputShape: [8, 8, 3], classes: 3 })).toThrow(
      "The network's input is 4x4x1, but the data's images are 8x8x3; make it [8, 8, 3], or name other data.",
    );
  });

  test("a network without layers", () => {
    const network = parseLayers([4, 4, 1], [{ type: "flatten" }]);
    expect(() => compile({ ...network, layers: [] }, 3)).toThrow("The network has no layers");
  });

  test("a network that does not say its input", () => {
    const { input: _, ...network } = parseLayers([4, 4, 1], [{ type: "flatten" }, dense(3)]);
    const silent = { ...network, input: undefined };
    const shapes = { ...inferShapes(silent), problems: [] };
    expect(() => compileNetwork(silent, shapes, { inputShape: [4, 4, 1], classes: 3 })).toThrow('add "input": [4, 4, 1]');
  });

  test("top5 of a single output", () => {
    const network = parseLayers([4, 4, 1], [{ type: "flatten" }, dense(1, "sigmoid")], { loss: "binaryCrossentropy", metrics: ["top5"] });
    expect(() => compile(network, 2)).toThrow("leave top5 out");
  });
});
