import { describe, expect, it, vi } from "vitest";
import { fillUniform } from "../../src/base/philox.js";
import { UserError } from "../../src/base/userError.js";
import { createWasmExecutor } from "../../src/engine/wasm/index.js";
import { GraphBuilder } from "../../src/program/graphBuilder.js";
import { BATCH } from "../../src/program/types.js";
import { describeNetworks } from "./describeNetworks.js";
import { describeOperations } from "./describeOperations.js";
import { describeUpdates } from "./describeUpdates.js";
import { batch, compiledNetwork } from "./networks.js";

describeOperations("operations on wasm", createWasmExecutor);
describeUpdates("updates on wasm", createWasmExecutor);
describeNetworks("networks on wasm", createWasmExecutor);

describe("the wasm engine", () => {
  it("describes itself", async () => {
    const { engine } = await createWasmExecutor(new GraphBuilder().finish({}, 1));
    expect(engine).toEqual({ name: "wasm", version: expect.any(String), threads: 1, features: ["simd"] });
  });

  it("says what to do where there is no SIMD", async () => {
    const validate = vi.spyOn(WebAssembly, "validate").mockReturnValue(false);
    await expect(createWasmExecutor(new GraphBuilder().finish({}, 1))).rejects.toThrow(UserError);
    validate.mockRestore();
  });

  it("draws the random numbers of base/philox.ts, bit for bit", async () => {
    const builder = new GraphBuilder();
    const like = builder.input("like", [BATCH, 3, 7], "float32");
    const counter = builder.input("counter", [2], "int32");
    const drawn = builder.randomUniform(like, counter, 9);
    const feeds = [like, counter].map((value, i) => ({ name: i === 0 ? "like" : "counter", value }));
    const executor = await createWasmExecutor(builder.finish({ draw: { feeds, fetches: [drawn], updates: [] } }, 0xfedcba98));
    for (const [low, high] of [
      [0, 0],
      [-1, 5],
      [123456789, -2],
    ] as const) {
      const expected = new Float32Array(5 * 21);
      fillUniform(expected, { seed: 0xfedcba98, stream: 9, step: [low, high] });
      const [actual] = executor.run("draw", {
        like: { shape: [5, 3, 7], data: new Float32Array(5 * 21) },
        counter: { shape: [2], data: Int32Array.of(low, high) },
      });
      expect(actual?.data).toEqual(expected);
    }
  });

  it("fetches and updates by what variables were before the call", async () => {
    const builder = new GraphBuilder();
    const a = builder.variable("a", [2], "weight");
    const b = builder.variable("b", [2], "weight");
    const updates = [
      { update: "assign", variable: "a", value: b },
      { update: "assign", variable: "b", value: builder.reshape(builder.reshape(a, [2, 1]), [2]) },
    ] as const;
    const executor = await createWasmExecutor(builder.finish({ swap: { feeds: [], fetches: [a], updates } }, 1));
    executor.write(
      new Map([
        ["a", Float32Array.of(1, 2)],
        ["b", Float32Array.of(3, 4)],
      ]),
    );
    expect(executor.run("swap", {})[0]?.data).toEqual(Float32Array.of(1, 2));
    expect(executor.read(["a", "b"])).toEqual([Float32Array.of(3, 4), Float32Array.of(1, 2)]);
  });

  it("refuses what is larger than its memory with the remedy", async () => {
    const builder = new GraphBuilder();
    const x = builder.input("x", [BATCH], "float32");
    const wide = builder.broadcastTo(builder.reshape(x, [BATCH, 1]), [BATCH, 1 << 20], x);
    const fetches = [builder.reduce("sum", builder.unary("exp", wide), [0, 1], false)];
    const executor = await createWasmExecutor(builder.finish({ sum: { feeds: [{ name: "x", value: x }], fetches, updates: [] } }, 1));
    expect(() => executor.run("sum", { x: { shape: [2000], data: new Float32Array(2000) } })).toThrow(UserError);
    expect(executor.run("sum", { x: { shape: [2], data: new Float32Array(2) } })[0]?.data[0]).toBeCloseTo(2 ** 21, -2);
  });

  it("is bit-equal when it runs again, and the batch sizes of other calls do not matter", async () => {
    const compiled = compiledNetwork("everyLayer", { type: "adam", learningRate: 0.01 });
    const [first, second] = [await createWasmExecutor(compiled.program), await createWasmExecutor(compiled.program)];
    const { images } = batch("everyLayer", 33, 1);
    if (!images) throw new Error("The batch lacks images.");
    for (let step = 1; step <= 4; step++) {
      const expected = first.run("train", batch("everyLayer", 5, step));
      second.run("predict", { images });
      expect(second.run("train", batch("everyLayer", 5, step))).toEqual(expected);
    }
  });

  it("keeps its memory over 5,000 steps", async () => {
    const builder = new GraphBuilder();
    const x = builder.input("x", [BATCH, 12, 12, 3], "float32");
    const kernel = builder.variable("kernel", [3, 3, 3, 8], "weight");
    const convolution = { strides: [1, 1], dilation: [1, 1], padding: [1, 1, 1, 1], groups: 1 } as const;
    const fetches = [builder.unary("relu", builder.conv2d(x, kernel, convolution))];
    const executor = await createWasmExecutor(builder.finish({ run: { feeds: [{ name: "x", value: x }], fetches, updates: [] } }, 1));
    const step = (examples: number) =>
      executor.run("run", { x: { shape: [examples, 12, 12, 3], data: new Float32Array(examples * 432).fill(1) } });
    const grow = vi.spyOn(WebAssembly.Memory.prototype, "grow");
    for (const examples of [4, 3, 2]) step(examples);
    const grown = grow.mock.calls.length;
    for (let i = 0; i < 5000; i++) step(2 + (i % 3));
    expect(grow.mock.calls.length).toBe(grown);
    grow.mockRestore();
  });
});
