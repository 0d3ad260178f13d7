import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { fillUniform } from "../../src/base/philox.js";
import { UserError } from "../../src/base/userError.js";
import { initialValues } from "../../src/compile/initialize.js";
import { chooseEngine } from "../../src/engine/choose.js";
import type { Executor } from "../../src/engine/executor.js";
import { GraphBuilder } from "../../src/program/graphBuilder.js";
import { BATCH } from "../../src/program/types.js";
import { describeInstalled, tensorflow } from "./installedEngine.js";
import { batch, compiledNetwork } from "./networks.js";

describeInstalled("the tensorflow engine", () => {
  const create = tensorflow({ threads: 2 });

  it("describes itself", async () => {
    const { engine } = await create(new GraphBuilder().finish({}, 1));
    expect(engine).toMatchObject({ name: "tensorflow", threads: 2 });
    expect(engine.version).toMatch(/^2\.\d+\.\d+/);
    expect(engine.features).toContain("oneDNN");
  });

  it("refuses other settings in the same process", async () => {
    const other = tensorflow({ threads: 1 });
    expect(() => other(new GraphBuilder().finish({}, 1))).toThrow("process of its own");
  });

  it("draws the random numbers of base/philox.ts, bit for bit", async () => {
    const builder = new GraphBuilder();
    const like = builder.input("like", [BATCH, 3, 7], "float32");
    const counter = builder.input("counter", [2], "int32");
    const feeds = [
      { name: "like", value: like },
      { name: "counter", value: counter },
    ];
    const fetches = [builder.randomUniform(like, counter, 9)];
    const executor = await create(builder.finish({ draw: { feeds, fetches, updates: [] } }, 0xfedcba98));
    for (const step of [
      [0, 0],
      [-1, 5],
      [123456789, -2],
    ] as const) {
      const expected = new Float32Array(5 * 21);
      fillUniform(expected, { seed: 0xfedcba98, stream: 9, step });
      const [actual] = executor.run("draw", {
        like: { shape: [5, 3, 7], data: new Float32Array(5 * 21) },
        counter: { shape: [2], data: Int32Array.from(step) },
      });
      expect(actual?.data).toEqual(expected);
    }
  });

  it("answers bit-equal losses for the same seed and threads", async () => {
    const compiled = compiledNetwork("everyLayer", { type: "adam", learningRate: 0.01 });
    const losses = async () => {
      const executor = await create(compiled.program);
      executor.write(initialValues(compiled, 3));
      const found = Array.from({ length: 20 }, (_, step) => lossOf(executor, step));
      executor.dispose();
      return found;
    };
    expect(await losses()).toEqual(await losses());
  });

  it("keeps its memory over 5,000 steps", { timeout: 600_000 }, async () => {
    const compiled = compiledNetwork("everyLayer", { type: "adam", learningRate: 0.01 });
    const executor = await create(compiled.program);
    executor.write(initialValues(compiled, 3));
    const feeds = batch("everyLayer", 8, 1);
    const names = compiled.program.variables.map(({ name }) => name);
    const train = (steps: number) => {
      for (let step = 0; step < steps; step++) {
        executor.run("train", feeds);
        if (step % 100 === 0) executor.read(names);
      }
      return process.memoryUsage().rss;
    };
    const early = train(1000);
    const growth = train(5000) - early;
    expect(growth / 2 ** 20).toBeLessThan(20);
    executor.dispose();
  });

  it("stops after a call that failed, with its reason", async () => {
    const builder = new GraphBuilder();
    const x = builder.input("x", [BATCH, 2], "float32");
    const y = builder.input("y", [BATCH, 2], "float32");
    const product = builder.multiply(x, y);
    const feeds = [{ name: "x", value: x }];
    // A function that lacks a feed cannot be called; nobody makes one, so it stands for whatever may fail inside.
    const executor = await create(builder.finish({ broken: { feeds, fetches: [product], updates: [] } }, 1));
    const call = () => executor.run("broken", { x: { shape: [1, 2], data: new Float32Array(2) } });
    expect(call).toThrow();
    expect(call).toThrow("stopped working");
  });
});

const lossOf = (executor: Executor, step: number): number => executor.run("train", batch("everyLayer", 8, step))[0]?.data[0] ?? Number.NaN;

describe("choosing an engine", () => {
  const enginesDirectory = mkdtempSync(path.join(tmpdir(), "no-engines-"));
  const program = new GraphBuilder().finish({}, 1);

  it("takes wasm with the reason where tensorflow is not installed", async () => {
    const create = await chooseEngine({ engine: "auto", enginesDirectory });
    expect(create.note).toContain("cnn engine install");
    expect((await create(program)).engine.name).toBe("wasm");
  });

  it("takes wasm without a word where it is asked for", async () => {
    const create = await chooseEngine({ engine: "wasm", enginesDirectory });
    expect(create.note).toBeUndefined();
  });

  it("names the remedy where tensorflow is asked for and missing", async () => {
    const failure = chooseEngine({ engine: "tensorflow", enginesDirectory });
    await expect(failure).rejects.toThrow(UserError);
    await expect(failure).rejects.toMatchObject({ code: "engineMissing", message: expect.stringContaining("cnn engine install") });
    rmSync(enginesDirectory, { recursive: true });
  });
});
