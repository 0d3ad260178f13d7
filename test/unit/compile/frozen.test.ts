import { describe, expect, test } from "vitest";
import { inferShapes } from "../../../src/shape/infer.js";
import { parametersText } from "../../../src/shape/words.js";
import { examples, start, stepFeeds } from "./calls.js";
import { compile, parseLayers } from "./networks.js";

const feeds = { ...examples(4, [4, 4, 1], 3), ...stepFeeds(1, 0.1) };

const network = (norm: object, second: object = {}) =>
  parseLayers(
    [4, 4, 1],
    [
      { type: "conv2d", name: "first", filters: 2, kernelSize: 3, activation: "tanh" },
      { type: "batchNormalization", name: "norm", momentum: 0.5, ...norm },
      { type: "conv2d", name: "second", filters: 3, kernelSize: 2, kernelRegularizer: { l2: 0.5 }, ...second },
      { type: "flatten" },
      { type: "dense", name: "answer", units: 3, activation: "softmax", kernelInitializer: "zeros" },
    ],
    { optimizer: { type: "adamw", weightDecay: 0.1 }, l2: 0.25 },
  );

const values = (executor: ReturnType<typeof start>, name: string) => [...(executor.readFloat64([name])[0] ?? [])];

describe("a frozen layer", () => {
  const frozen = compile(network({ trainable: false }, { trainable: false }), 3);
  const free = compile(network({}), 3);

  test("has no gradient, no update, and no slots", () => {
    expect(free.trainable).toContain("second/kernel");
    expect(frozen.trainable).toEqual(["first/kernel", "first/bias", "answer/kernel", "answer/bias"]);
    expect(frozen.program.functions["gradients"]?.fetches).toHaveLength(1 + 4);
    expect(frozen.program.variables.filter(({ name }) => name.startsWith("second/")).map(({ name }) => name)).toEqual([
      "second/kernel",
      "second/bias",
    ]);
  });

  test("keeps its weights, decay or not, while layers before it train through it", () => {
    const executor = start(frozen);
    executor.write(new Map([["answer/kernel", new Float32Array(9).map((_, i) => i / 9)]]));
    const before = ["second/kernel", "second/bias", "norm/gamma", "first/kernel"].map((name) => values(executor, name));
    executor.run("train", feeds);
    const after = ["second/kernel", "second/bias", "norm/gamma", "first/kernel"].map((name) => values(executor, name));
    expect(after.slice(0, 3)).toEqual(before.slice(0, 3));
    expect(after[3]).not.toEqual(before[3]);
  });

  test("adds no penalty to the loss", () => {
    // Of an answer that starts as zeros, the loss is the logarithm of the number of classes; what is more is penalties.
    const penaltyOf = (compiled: typeof frozen) => (start(compiled).runFloat64("train", feeds)[0]?.data[0] ?? Number.NaN) - Math.log(3);
    const squares = (compiled: typeof frozen, name: string) => values(start(compiled), name).reduce((sum, w) => sum + w * w, 0);
    expect(penaltyOf(frozen)).toBeCloseTo(0.25 * squares(frozen, "first/kernel"), 6);
    expect(penaltyOf(free)).toBeCloseTo(0.25 * squares(free, "first/kernel") + 0.75 * squares(free, "second/kernel"), 6);
  });

  test("counts as not trainable", () => {
    const shapes = inferShapes(network({ trainable: false }, { trainable: false }));
    const first = 3 * 3 * 2 + 2;
    const answer = 3 * 3 + 3;
    expect(shapes.trainableParameters).toBe(first + answer);
    expect(shapes.totalParameters).toBe(first + 4 * 2 + (2 * 2 * 2 * 3 + 3) + answer);
    expect(parametersText(shapes)).toBe("67 parameters (32 trainable)");
  });
});

describe("batchNormalization", () => {
  test("moves its statistics where its weights are frozen, and leaves them in inference", () => {
    const movingMean = (more: object) => {
      const executor = start(compile(network(more), 3));
      executor.run("train", feeds);
      return values(executor, "norm/moving_mean");
    };
    expect(movingMean({ trainable: false })).not.toEqual([0, 0]);
    expect(movingMean({ inference: true })).toEqual([0, 0]);
  });

  test("normalizes by its moving statistics in inference, training or not", () => {
    const compiled = compile(network({ inference: true }), 3);
    const executor = start(compiled);
    executor.write(new Map([["answer/kernel", new Float32Array(9).map((_, i) => i / 9)]]));
    const { images, labels } = feeds;
    if (!images || !labels) throw new Error("The batch lacks images or labels.");
    const [summed] = executor.runFloat64("evaluate", { images, labels });
    const penalties = executor.runFloat64("gradients", feeds)[0]?.data[0] ?? Number.NaN;
    const [kernel, second, answer] = ["first/kernel", "second/kernel", "answer/kernel"].map((name) =>
      values(executor, name).reduce((sum, w) => sum + w * w, 0),
    );
    const penalty = 0.25 * (kernel ?? 0) + 0.75 * (second ?? 0) + 0.25 * (answer ?? 0);
    expect(penalties).toBeCloseTo((summed?.data[0] ?? Number.NaN) / 4 + penalty, 6);
  });
});
