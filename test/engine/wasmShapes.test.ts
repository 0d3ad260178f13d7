import { describe, expect, it } from "vitest";
import { Random } from "../../src/base/random.js";
import type { Feeds } from "../../src/engine/executor.js";
import { createReferenceExecutor } from "../../src/engine/reference/executor.js";
import { createWasmExecutor } from "../../src/engine/wasm/index.js";
import { differentiate } from "../../src/program/differentiate.js";
import { GraphBuilder } from "../../src/program/graphBuilder.js";
import { BATCH, type Value } from "../../src/program/types.js";
import { relativeDifference } from "./describeOperations.js";

type Build = (builder: GraphBuilder, ...inputs: Value[]) => Value;

/** Holds an operation and its gradients against the reference, for inputs of these shapes. */
async function agrees(examples: number, shapes: readonly (readonly number[])[], build: Build): Promise<void> {
  const builder = new GraphBuilder();
  const inputs = shapes.map((shape, i) => builder.input(`x${i}`, shape, "float32"));
  const y = build(builder, ...inputs);
  const weights = builder.input("weights", y.shape, "float32");
  const loss = builder.reduce(
    "sum",
    builder.multiply(y, weights),
    y.shape.map((_, axis) => axis),
    false,
  );
  const fed = [...inputs.map((value, i) => ({ name: `x${i}`, value })), { name: "weights", value: weights }];
  const fn = { feeds: fed, fetches: [y, ...differentiate(builder, loss, inputs)], updates: [] };
  const program = builder.finish({ fn }, 1);
  const random = new Random({ seed: 3, stream: 3, step: [0, 0] });
  const feeds: Feeds = Object.fromEntries(
    fed.map(({ name, value }) => {
      const shape = value.shape.map((size) => (size === BATCH ? examples : size));
      const size = shape.reduce((product, axis) => product * axis, 1);
      return [name, { shape, data: Float32Array.from({ length: size }, () => random.normal()) }];
    }),
  );
  const wasm = await createWasmExecutor(program);
  const expected = (await createReferenceExecutor(program)).run("fn", feeds);
  const actual = wasm.run("fn", feeds);
  expected.forEach((tensor, i) => {
    expect(relativeDifference(actual[i], tensor), `fetch ${i}`).toBeLessThan(1e-5);
  });
}

const plain = { strides: [1, 1], dilation: [1, 1], padding: [0, 0, 0, 0], groups: 1 } as const;

// Numbers of rows, columns and images that are no multiples of what the kernels take at once, and some that are.
describe("wasm kernels, whatever the sizes,", () => {
  it.each([
    [1, 5, 1, 1],
    [2, 14, 6, 16],
    [7, 6, 16, 6],
    [13, 4, 3, 9],
    [40, 3, 5, 17],
    [5, 9, 8, 24],
  ])("convolve %d images of %dx, %d channels, %d filters", async (examples, size, channels, filters) => {
    const shapes = [
      [BATCH, size, size + 1, channels],
      [3, 3, channels, filters],
    ];
    await agrees(examples, shapes, (b, x, kernel) => b.conv2d(x, kernel, plain));
    await agrees(examples, shapes, (b, x, kernel) => b.conv2d(x, kernel, { ...plain, padding: [1, 1, 1, 1] }));
    await agrees(examples, shapes, (b, x, kernel) => b.conv2d(x, kernel, { ...plain, strides: [2, 3], padding: [1, 0, 2, 1] }));
  });

  it.each([1, 3, 4, 6, 9])("convolve %d channels each by itself", async (channels) => {
    const shapes = [
      [BATCH, 7, 6, channels],
      [3, 3, 1, channels],
    ];
    const convolution = { ...plain, padding: [1, 1, 1, 1], strides: [2, 1], groups: channels } as const;
    await agrees(30, shapes, (b, x, kernel) => b.conv2d(x, kernel, convolution));
  });

  it.each([
    [1, 1, 1],
    [5, 7, 9],
    [96, 8, 8],
    [97, 13, 10],
    [200, 33, 17],
  ])("multiply %d x %d by %d columns", async (rows, inner, columns) => {
    for (const transposeB of [false, true]) {
      const shapes = [[BATCH, inner], transposeB ? [columns, inner] : [inner, columns]];
      await agrees(rows, shapes, (b, x, y) => b.matMul(x, y, { transposeB }));
    }
  });

  it.each([1, 3, 4, 8, 11, 16, 21])("normalize %d channels", async (channels) => {
    const shapes = [[BATCH, 3, 19, channels], [channels], [channels]];
    await agrees(7, shapes, (b, x, gamma, beta) => b.unary("relu", b.batchNormTraining(x, gamma, beta, 1e-3)[0]));
  });

  it.each([1, 3, 4, 5, 16, 18])("pool %d channels", async (channels) => {
    const two = { size: [2, 2], strides: [2, 2], padding: [0, 0, 0, 0] } as const;
    const wide = { size: [3, 3], strides: [2, 2], padding: [1, 1, 1, 1] } as const;
    for (const window of [two, wide, { ...two, strides: [1, 1], padding: [1, 0, 0, 1] } as const]) {
      await agrees(3, [[BATCH, 8, 9, channels]], (b, x) => b.maxPool2d(x, window));
      await agrees(3, [[BATCH, 8, 9, channels]], (b, x) => b.averagePool2d(x, { ...window, countPadding: false }));
    }
  });

  it.each([
    [[0], 300],
    [[1], 3],
    [[0, 2], 150],
    [[1, 2, 3], 5],
    [[2], 9],
    [[3], 9],
    [[0, 1, 2, 3], 50],
  ])("sum over axes %j of %d examples", async (axes, examples) => {
    for (const fn of ["sum", "mean", "max"] as const) await agrees(examples, [[BATCH, 5, 3, 18]], (b, x) => b.reduce(fn, x, axes, false));
  });

  it.each([1, 2, 3, 4, 5, 7, 8, 9])("compute %d numbers by themselves", async (count) => {
    for (const fn of ["tanh", "elu", "softplus", "erf", "sigmoid", "relu"] as const) await agrees(1, [[count]], (b, x) => b.unary(fn, x));
    await agrees(1, [[2, count], [count]], (b, x, y) => b.multiply(x, y));
    await agrees(
      1,
      [
        [3, count],
        [3, 1],
      ],
      (b, x, y) => b.subtract(x, y),
    );
    await agrees(
      1,
      [
        [count, 2, 1],
        [1, 3],
      ],
      (b, x, y) => b.binary("maximum", x, y),
    );
  });

  it("keep the precision of functions near zero and far from it", async () => {
    const builder = new GraphBuilder();
    const x = builder.input("x", [BATCH], "float32");
    const functions = ["exp", "log", "tanh", "sigmoid", "softplus", "erf", "elu"] as const;
    const fetches = functions.map((fn) => builder.unary(fn, x));
    const program = builder.finish({ fn: { feeds: [{ name: "x", value: x }], fetches, updates: [] } }, 1);
    const [wasm, reference] = [await createWasmExecutor(program), await createReferenceExecutor(program)];
    const sizes = [1e-30, 1e-8, 1e-4, 0.01, 0.3, 0.62, 0.63, 0.99, 1.01, 3, 9, 20, 80, 85];
    const data = Float32Array.from([...sizes, ...sizes.map((size) => -size)]);
    const [actual, expected] = [wasm, reference].map((executor) => executor.run("fn", { x: { shape: [data.length], data } }));
    functions.forEach((fn, i) => {
      data.forEach((at, j) => {
        const [got = 0, wanted = 0] = [actual?.[i]?.data[j], expected?.[i]?.data[j]];
        if (Number.isNaN(wanted)) expect(got, `${fn} of ${at}`).toBeNaN();
        else expect(Math.abs(got - wanted), `${fn} of ${at}`).toBeLessThanOrEqual(2e-6 * Math.abs(wanted) + 1e-37);
      });
    });
  });

  it("know what infinities and NaN become", async () => {
    const builder = new GraphBuilder();
    const x = builder.input("x", [BATCH], "float32");
    const fetches = (["exp", "log", "tanh", "sigmoid", "softplus", "relu"] as const).map((fn) => builder.unary(fn, x));
    const program = builder.finish({ fn: { feeds: [{ name: "x", value: x }], fetches, updates: [] } }, 1);
    const wasm = await createWasmExecutor(program);
    const data = Float32Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 0, 100, -100);
    const [exp, log, tanh, sigmoid, softplus, relu] = wasm.run("fn", { x: { shape: [6], data } }).map((tensor) => [...tensor.data]);
    const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
    expect(exp).toEqual([inf, 0, nan, 1, inf, 0]);
    expect(log).toEqual([inf, nan, nan, -inf, Math.fround(Math.log(100)), nan]);
    expect(tanh).toEqual([1, -1, nan, 0, 1, -1]);
    expect(sigmoid).toEqual([1, 0, nan, 0.5, 1, 0]);
    expect(softplus).toEqual([inf, 0, nan, Math.fround(Math.LN2), 100, 0]);
    expect(relu).toEqual([inf, 0, nan, 0, 100, 0]);
  });
});
