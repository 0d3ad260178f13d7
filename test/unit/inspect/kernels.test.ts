import { describe, expect, it } from "vitest";
import type { Framework } from "../../../src/frameworks/framework.js";
import { inFrameworkOrder } from "../../../src/inspect/axes.js";
import { kernelAxes, kernelPlanes } from "../../../src/inspect/kernels.js";
import type { NumberSource } from "../../../src/inspect/numberSource.js";
import { reordered } from "../../../src/saved/startingValues.js";

const SIZES = { o: 4, i: 3, h: 2, w: 5 };
type Axis = keyof typeof SIZES;

/** A weight laid out by axes like "oihw" whose numbers tell their places: 1000*kernel + 100*channel + 10*row + column. */
function weight(layout: string): NumberSource {
  const axes = [...layout] as Axis[];
  const shape = axes.map((axis) => SIZES[axis]);
  const count = shape.reduce((a, b) => a * b, 1);
  const data = Float32Array.from({ length: count }, (_, index) => {
    const at = { o: 0, i: 0, h: 0, w: 0 };
    let left = index;
    for (const axis of [...axes].reverse()) {
      at[axis] = left % SIZES[axis];
      left = Math.floor(left / SIZES[axis]);
    }
    return 1000 * at.o + 100 * at.i + 10 * at.h + at.w;
  });
  return { shape, read: (offset, length) => data.slice(offset, offset + length) };
}

async function planes(source: NumberSource, framework: Framework, words: string, first: number, count: number) {
  const axes = kernelAxes(framework, words, source.shape.length);
  if (!axes) throw new Error("no kernels");
  return kernelPlanes(source, axes, first, count);
}

describe("kernels", () => {
  it.each<[string, Framework, string]>([
    ["oihw", "pytorch", "Conv2d weight"],
    ["oihw", "onnx", "Conv W"],
    ["oihw", "safetensors", "conv1.weight"],
    ["iohw", "pytorch", "ConvTranspose2d weight"],
    ["hwio", "keras", "Conv2D kernel"],
    ["hwio", "cnn", "conv2d kernel"],
    ["hwoi", "keras", "Conv2DTranspose kernel"],
    ["hwoi", "tfjs", "Conv2DBackpropInput w"],
    ["whio", "flux", "Conv weight"],
    ["whoi", "flux", "ConvTranspose weight"],
  ])("laid out as %s by %s come one after another", async (layout, framework, words) => {
    const { values, ...about } = await planes(weight(layout), framework, words, 1, 2);
    expect(about).toEqual({ height: 2, width: 5, channels: 3, kernels: 4, first: 1 });
    const expected = [1, 2].flatMap((o) =>
      [0, 1, 2].flatMap((i) => [0, 1].flatMap((y) => [0, 1, 2, 3, 4].map((x) => 1000 * o + 100 * i + 10 * y + x))),
    );
    expect([...values]).toEqual(expected);
  });

  it("of depthwise convolutions have one channel each, a channel's multiples one after another", async () => {
    // [height 1, width 2, channels 2, multiplier 3]: outputs are counted channel by channel.
    const data = Float32Array.from({ length: 12 }, (_, i) => i);
    const source = { shape: [1, 2, 2, 3], read: (offset: number, count: number) => data.subarray(offset, offset + count) };
    const { values, kernels, channels } = await planes(source, "keras", "DepthwiseConv2D depthwise_kernel", 0, 6);
    expect({ kernels, channels }).toEqual({ kernels: 6, channels: 1 });
    expect([...values]).toEqual([0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11]);
  });

  it("along one axis have one row", async () => {
    const data = Float32Array.of(1, 2, 3, 4, 5, 6);
    const source = { shape: [1, 2, 3], read: () => data };
    expect(await planes(source, "pytorch", "Conv1d weight", 0, 1)).toMatchObject({ height: 1, width: 3, channels: 2, values: data });
  });

  it("end with the last, and are none of matrices", async () => {
    expect((await planes(weight("oihw"), "pytorch", "Conv2d", 3, 10)).values).toHaveLength(30);
    expect((await planes(weight("oihw"), "pytorch", "Conv2d", 9, 10)).values).toHaveLength(0);
    expect(kernelAxes("pytorch", "Linear weight", 2)).toBeUndefined();
  });
});

it("a variable's numbers go back to where they came from in the framework's tensor", () => {
  const tensor = { shape: [4, 3, 2, 5], data: Float32Array.from({ length: 120 }, (_, i) => i) };
  for (const permutation of [
    [2, 3, 1, 0],
    [3, 0, 2, 1],
  ])
    expect(inFrameworkOrder(reordered(tensor, { tensor: "", permutation }), tensor.shape, { permutation })).toEqual(tensor.data);
  const dense = { shape: [10, 12], data: Float32Array.from({ length: 120 }, (_, i) => i) };
  const reordering = { shape: [10, 3, 2, 2], permutation: [2, 3, 1, 0] };
  expect(inFrameworkOrder(reordered(dense, { tensor: "", ...reordering }), dense.shape, reordering)).toEqual(dense.data);
});
