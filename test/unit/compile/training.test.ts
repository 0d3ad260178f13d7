import { describe, expect, test } from "vitest";
import { correction } from "../../../src/compile/optimizer.js";
import type { OptimizerConfig } from "../../../src/model/training.js";
import { examples, start, stepFeeds } from "./calls.js";
import { compile, parseLayers } from "./networks.js";

const adam = { type: "adam", learningRate: 1, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0 } as const;

test("adam's correction undoes the zeros that its means start from", () => {
  expect(correction(adam, 1)).toBeCloseTo(Math.sqrt(0.001) / 0.1, 12);
  expect(correction(adam, 3)).toBeCloseTo(Math.sqrt(1 - 0.999 ** 3) / (1 - 0.9 ** 3), 12);
  expect(correction({ ...adam, type: "adamw", weightDecay: 0.1 }, 1)).toBe(correction(adam, 1));
  expect(correction({ type: "sgd", learningRate: 1, momentum: 0, nesterov: false, weightDecay: 0 }, 1)).toBe(1);
});

/** A single dense layer; `dense` adds to its arguments. */
const linearNetwork = (training: object, dense: object = {}) =>
  compile(parseLayers([1, 2, 1], [{ type: "flatten" }, { type: "dense", units: 2, activation: "softmax", ...dense }], training), 2);

describe("penalties", () => {
  const penaltyOf = (training: object, dense: object) => {
    const executor = start(linearNetwork(training, dense));
    executor.write(
      new Map([
        ["dense_1/kernel", Float64Array.of(1, -2, 3, 0)],
        ["dense_1/bias", Float64Array.of(2, -1)],
      ]),
    );
    const fed = examples(3, [1, 2, 1], 2);
    const evaluated = executor.runFloat64("evaluate", fed)[0]?.data[0] ?? Number.NaN;
    return (executor.runFloat64("train", { ...fed, ...stepFeeds(1, 0) })[0]?.data[0] ?? Number.NaN) - evaluated / 3;
  };

  test.each([
    ["of a kernel", {}, { kernelRegularizer: { l1: 0.1, l2: 0.01 } }, 0.1 * 6 + 0.01 * 14],
    ["of a bias", {}, { biasRegularizer: { l1: 0.1, l2: 0.01 } }, 0.1 * 3 + 0.01 * 5],
    ["of all kernels, biases left alone", { l2: 0.5 }, {}, 0.5 * 14],
    ["together", { l2: 0.5 }, { kernelRegularizer: { l2: 0.25 } }, 0.75 * 14],
    ["none", {}, {}, 0],
  ])("%s", (_, training, dense, expected) => {
    expect(penaltyOf(training, dense)).toBeCloseTo(expected, 10);
  });
});

describe("optimizers", () => {
  const names = ["dense_1/kernel", "dense_1/bias"];
  const fed = examples(3, [1, 2, 1], 2);

  /** Weights and their gradients before a step, and weights after it, with the schedule's rate and a correction. */
  function step(optimizer: Partial<OptimizerConfig>, rate: number, factor: number) {
    const executor = start(linearNetwork({ optimizer }));
    const feeds = { ...fed, ...stepFeeds(1, rate, factor) };
    const before = executor.readFloat64(names);
    const [, ...gradients] = executor.runFloat64("gradients", feeds);
    executor.runFloat64("train", feeds);
    return { before, gradients: gradients.map(({ data }) => data), after: executor.readFloat64(names) };
  }

  const cases: readonly [string, Partial<OptimizerConfig>, (w: number, g: number) => number][] = [
    ["sgd", { type: "sgd", momentum: 0 }, (w, g) => w - 0.1 * g],
    ["sgd with weight decay", { type: "sgd", momentum: 0, weightDecay: 0.3 }, (w, g) => w - 0.1 * (g + 0.3 * w)],
    [
      "adam with weight decay",
      { type: "adam", beta1: 0.9, beta2: 0.99, epsilon: 0.01, weightDecay: 0.3 },
      (w, g) => w - (0.1 * 0.5 * 0.1 * (g + 0.3 * w)) / (Math.sqrt(0.01 * (g + 0.3 * w) ** 2) + 0.01),
    ],
    [
      "rmsprop with weight decay",
      { type: "rmsprop", rho: 0.9, momentum: 0, epsilon: 0.01, weightDecay: 0.3 },
      (w, g) => w - (0.1 * (g + 0.3 * w)) / Math.sqrt(0.1 * (g + 0.3 * w) ** 2 + 0.01),
    ],
    ["momentum", { type: "sgd", momentum: 0.8, nesterov: false }, (w, g) => w - 0.1 * g],
    ["nesterov", { type: "sgd", momentum: 0.8, nesterov: true }, (w, g) => w - 0.1 * (g + 0.8 * g)],
    [
      "adam",
      { type: "adam", beta1: 0.9, beta2: 0.99, epsilon: 0.01 },
      (w, g) => w - (0.1 * 0.5 * 0.1 * g) / (Math.sqrt(0.01 * g * g) + 0.01),
    ],
    [
      "adamw",
      { type: "adamw", beta1: 0.9, beta2: 0.99, epsilon: 0.01, weightDecay: 0.2 },
      (w, g) => w * (1 - 0.1 * 0.2) - (0.1 * 0.5 * 0.1 * g) / (Math.sqrt(0.01 * g * g) + 0.01),
    ],
    ["rmsprop", { type: "rmsprop", rho: 0.9, momentum: 0.5, epsilon: 0.01 }, (w, g) => w - (0.1 * g) / Math.sqrt(0.1 * g * g + 0.01)],
  ];

  test.each(cases)("%s", (_, optimizer, expected) => {
    const rate = Math.fround(0.1);
    const { before, gradients, after } = step(optimizer, rate, 0.5);
    before.forEach((weights, i) => {
      weights.forEach((w, j) => {
        const g = gradients[i]?.[j] ?? Number.NaN;
        expect(Math.abs(g)).toBeGreaterThan(0);
        expect(after[i]?.[j]).toBeCloseTo(expected(w, g), 7);
      });
    });
  });
});

test("each dropout layer draws its own mask, and another one each step", () => {
  const layers = [
    { type: "flatten" },
    { type: "dropout", rate: 0.5 },
    { type: "dropout", rate: 0.5 },
    { type: "dense", units: 2, activation: "softmax" },
  ];
  const compiled = compile(parseLayers([8, 8, 1], layers), 2);
  const masks = compiled.program.nodes.flatMap(({ operation, outputs }) => (operation.op === "randomUniform" ? outputs : []));
  const { gradients } = compiled.program.functions;
  if (!gradients) throw new Error("There is a function gradients.");
  const program = { ...compiled.program, functions: { masks: { ...gradients, fetches: masks } } };
  const executor = start({ ...compiled, program });
  const draw = (step: number) =>
    executor.runFloat64("masks", { ...examples(2, [8, 8, 1], 2), ...stepFeeds(step, 0) }).map(({ data }) => data);
  expect(draw(1)).toHaveLength(2);
  expect(draw(1)[0]).not.toEqual(draw(1)[1]);
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)[0]).not.toEqual(draw(2)[0]);
});
