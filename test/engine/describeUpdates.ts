import { describe, expect, it } from "vitest";
import { Random } from "../../src/base/random.js";
import type { CreateExecutor, Executor, Feeds } from "../../src/engine/executor.js";
import { createReferenceExecutor } from "../../src/engine/reference/executor.js";
import { GraphBuilder } from "../../src/program/graphBuilder.js";
import type { Program, Update, Value } from "../../src/program/types.js";
import { relativeDifference } from "./describeOperations.js";

interface Given {
  readonly gradient: Value;
  readonly rate: Value;
  readonly builder: GraphBuilder;
}
type MakeUpdate = (given: Given) => Update;

const variable = "w";
const adam = { update: "adam", variable, mean: "a", square: "b", beta1: 0.9, beta2: 0.99, epsilon: 1e-7 } as const;
const rmsprop = { update: "rmsprop", variable, square: "b", accumulator: "a", rho: 0.9, momentum: 0.5, epsilon: 1e-4 } as const;
const momentum = ({ rate, gradient }: Given, nesterov: boolean): Update => ({
  update: "momentum",
  variable,
  accumulator: "a",
  momentum: 0.8,
  nesterov,
  rate,
  gradient,
});
const UPDATES: readonly (readonly [name: string, make: MakeUpdate])[] = [
  ["assign", ({ gradient }) => ({ update: "assign", variable, value: gradient })],
  ["sgd", ({ rate, gradient }) => ({ update: "sgd", variable, rate, gradient })],
  ["momentum", (values) => momentum(values, false)],
  ["nesterov momentum", (values) => momentum(values, true)],
  ["adam", ({ rate, gradient }) => ({ ...adam, correctedRate: rate, gradient })],
  [
    "adamw",
    ({ rate, gradient, builder }) => ({ ...adam, correctedRate: rate, gradient, decay: builder.multiply(rate, builder.scalar(0.3)) }),
  ],
  ["rmsprop", ({ rate, gradient }) => ({ ...rmsprop, rate, gradient })],
];

const SHAPE = [7, 3];

function updateProgram(make: MakeUpdate): Program {
  const builder = new GraphBuilder();
  const gradient = builder.input("gradient", SHAPE, "float32");
  const rate = builder.input("rate", [], "float32");
  const weight = builder.variable(variable, SHAPE, "weight");
  for (const slot of ["a", "b"]) builder.variable(slot, SHAPE, "slot");
  const feeds = [
    { name: "gradient", value: gradient },
    { name: "rate", value: rate },
  ];
  return builder.finish({ step: { feeds, fetches: [weight], updates: [make({ gradient, rate, builder })] } }, 1);
}

function stepFeeds(random: Random): Feeds {
  return {
    gradient: { shape: SHAPE, data: Float32Array.from({ length: 21 }, () => random.normal()) },
    rate: { shape: [], data: Float32Array.of(0.1) },
  };
}

/** Every update on an engine against the float64 reference, and what a call sees of variables it changes. */
export function describeUpdates(title: string, create: CreateExecutor): void {
  describe(title, () => {
    it.each(UPDATES)("%s agrees over 5 steps, and is applied after the fetches", async (_name, make) => {
      const program = updateProgram(make);
      const random = new Random({ seed: 3, stream: 0, step: [0, 0] });
      const start = new Map([[variable, Float32Array.from({ length: 21 }, () => random.normal())]]);
      const [engine, reference]: Executor[] = [await create(program), await createReferenceExecutor(program)];
      if (!engine || !reference) throw new Error("There are two executors.");
      engine.write(start);
      reference.write(start);
      for (let step = 0; step < 5; step++) {
        const feeds = stepFeeds(random);
        const [before] = engine.read([variable]);
        expect(engine.run("step", feeds)[0]?.data).toEqual(before);
        reference.run("step", feeds);
      }
      const names = [variable, "a", "b"];
      const expected = reference.read(names);
      engine.read(names).forEach((data, i) => {
        const difference = relativeDifference({ shape: SHAPE, data }, { shape: SHAPE, data: expected[i] ?? new Float32Array() });
        expect(difference, names[i]).toBeLessThan(1e-6);
      });
      engine.dispose();
    });

    it("never mixes old and new values in one call", async () => {
      const builder = new GraphBuilder();
      const side = 400;
      const [a, b] = ["a", "b"].map((name) => builder.variable(name, [side, side], "weight"));
      if (!a || !b) throw new Error("There are two variables.");
      const product = builder.matMul(a, b);
      const one = builder.broadcastTo(builder.scalar(-1), [side, side]);
      const rate = builder.scalar(1);
      const updates: Update[] = ["a", "b"].map((name) => ({ update: "sgd", variable: name, rate, gradient: one }));
      const fetches = [a, product, builder.reduce("sum", builder.add(a, b), [0, 1], false), b];
      const engine = await create(builder.finish({ step: { feeds: [], fetches, updates } }, 1));
      for (let step = 0; step < 50; step++) {
        const [first, both, sum, second] = engine.run("step", {}).map(({ data }) => new Set(data));
        expect([first, second]).toEqual([new Set([step]), new Set([step])]);
        expect(both).toEqual(new Set([side * step * step]));
        expect(sum).toEqual(new Set([2 * step * side * side]));
      }
      engine.dispose();
    });
  });
}
