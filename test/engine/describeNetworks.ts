import { describe, expect, it } from "vitest";
import { initialValues } from "../../src/compile/initialize.js";
import type { CompiledNetwork } from "../../src/compile/types.js";
import type { CreateExecutor, Executor } from "../../src/engine/executor.js";
import { createReferenceExecutor } from "../../src/engine/reference/executor.js";
import { batch, compiledNetwork, TEST_NETWORKS, type TestNetwork } from "./networks.js";

const EXAMPLES = 4;
/** Batch normalization of vectors over very few examples amplifies rounding. */
const examplesOf = (name: TestNetwork): number => (name === "everyLayer" ? 12 : EXAMPLES);

async function started(create: CreateExecutor, compiled: CompiledNetwork): Promise<Executor> {
  const executor = await create(compiled.program);
  executor.write(initialValues(compiled, 5));
  return executor;
}

const largest = (data: ArrayLike<number>): number => Array.from(data).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const loss = (name: TestNetwork, executor: Executor, step: number): number =>
  executor.run("train", batch(name, examplesOf(name), step))[0]?.data[0] ?? Number.NaN;

/** Whole networks on an engine against the float64 reference. */
export function describeNetworks(title: string, create: CreateExecutor): void {
  describe(title, () => {
    it.each(TEST_NETWORKS)("gradients of %s's first step agree within 1e-5 of each tensor's maximum", async (name) => {
      const compiled = compiledNetwork(name);
      const [engine, reference] = [await started(create, compiled), await started(createReferenceExecutor, compiled)];
      const actual = engine.run("gradients", batch(name, examplesOf(name), 1)).slice(1);
      const expected = reference.run("gradients", batch(name, examplesOf(name), 1)).slice(1);
      const overall = Math.max(...expected.map(({ data }) => largest(data)));
      compiled.trainable.forEach((variable, i) => {
        const wanted = expected[i]?.data ?? [];
        const difference = largest(Array.from(wanted, (value, j) => value - (actual[i]?.data[j] ?? Number.NaN)));
        // The gradient of a bias before batch normalization is zero; what engines answer is rounding.
        const zero = largest(wanted) < 1e-9 * overall;
        expect(difference / (zero ? overall : largest(wanted)), variable).toBeLessThan(1e-5);
      });
      engine.dispose();
    });

    it.each(TEST_NETWORKS)("losses of 20 SGD steps of %s agree within 1e-4", async (name) => {
      const compiled = compiledNetwork(name);
      const [engine, reference] = [await started(create, compiled), await started(createReferenceExecutor, compiled)];
      for (let step = 1; step <= 20; step++) {
        const expected = loss(name, reference, step);
        expect(Math.abs(loss(name, engine, step) - expected) / expected, `step ${step}`).toBeLessThan(1e-4);
      }
      engine.dispose();
    });

    it("resumes bit-equal from variables that were read", async () => {
      const compiled = compiledNetwork("everyLayer", { type: "adam", learningRate: 0.01 });
      const engine = await started(create, compiled);
      for (let step = 1; step <= 5; step++) loss("everyLayer", engine, step);
      const names = compiled.program.variables.map((variable) => variable.name);
      const checkpoint = engine.read(names).map((data, i) => [names[i] ?? "", data] as const);
      const undisturbed = [6, 7, 8].map((step) => loss("everyLayer", engine, step));
      engine.dispose();

      const resumed = await create(compiled.program);
      resumed.write(new Map(checkpoint));
      expect([6, 7, 8].map((step) => loss("everyLayer", resumed, step))).toEqual(undisturbed);
      resumed.dispose();
    });

    it("reads and writes single variables, and keeps the others", async () => {
      const compiled = compiledNetwork("lenet");
      const engine = await started(create, compiled);
      const [first = "", second = ""] = compiled.trainable;
      const [before] = engine.read([second]);
      const values = new Float32Array(engine.read([first])[0]?.length ?? 0).fill(0.5);
      engine.write(new Map([[first, values]]));
      loss("lenet", engine, 1);
      expect(new Set(values), "what was written belongs to the caller").toEqual(new Set([0.5]));
      engine.write(new Map([[first, values]]));
      expect(engine.read([first])[0]).toEqual(values);
      expect(engine.read([second])[0]).not.toEqual(before);
      engine.dispose();
    });

    it("answers the same network as evaluate, predict and maps", async () => {
      const compiled = compiledNetwork("everyLayer");
      const [engine, reference] = [await started(create, compiled), await started(createReferenceExecutor, compiled)];
      const { images, labels } = batch("everyLayer", EXAMPLES, 1);
      if (!images || !labels) throw new Error("The batch lacks images or labels.");
      for (const [name, feeds] of [
        ["evaluate", { images, labels }],
        ["predict", { images }],
        ["maps", { images }],
      ] as const) {
        const [actual, expected] = [engine.run(name, feeds), reference.run(name, feeds)];
        expected.forEach(({ shape, data }, i) => {
          expect(actual[i]?.shape).toEqual(shape);
          const difference = largest(Array.from(data, (value, j) => value - (actual[i]?.data[j] ?? Number.NaN)));
          expect(difference / (largest(data) || 1), `${name} ${i}`).toBeLessThan(1e-5);
        });
      }
      engine.dispose();
    });

    it("refuses feeds that do not fit, and goes on", async () => {
      const compiled = compiledNetwork("lenet");
      const engine = await started(create, compiled);
      const good = batch("lenet", EXAMPLES, 1);
      const { images, labels, ...rest } = good;
      if (!images || !labels) throw new Error("The batch lacks images or labels.");
      expect(() => engine.run("train", { ...rest, labels })).toThrow("images");
      expect(() =>
        engine.run("train", { ...good, images: { shape: [EXAMPLES, 27, 28, 1], data: new Uint8Array(EXAMPLES * 27 * 28) } }),
      ).toThrow("[4,27,28,1]");
      expect(() => engine.run("train", { ...good, images: { shape: images.shape, data: new Float32Array(EXAMPLES * 784) } })).toThrow(
        "float32",
      );
      expect(() => engine.run("train", { ...good, labels: { shape: labels.shape, data: Int32Array.of(0, 1, 2, 10) } })).toThrow("10");
      expect(() => engine.run("train", { ...good, labels: { shape: labels.shape, data: Int32Array.of(0, 1, 2, -1) } })).toThrow("-1");
      expect(() => engine.run("nothing", {})).toThrow("nothing");
      expect(loss("lenet", engine, 1)).toBeGreaterThan(0);
      engine.dispose();
    });
  });
}
