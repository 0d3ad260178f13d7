import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readSaved, readTensor } from "../../../src/saved/readSaved.js";
import { fastest } from "../../fixtures/fastest.js";

const folder = mkdtempSync(path.join(os.tmpdir(), "cnn-lab-graph-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shape = (...sizes: number[]) => ({ dim: sizes.map((size) => ({ size: String(size) })) });
const words = (text: string) => ({ s: Buffer.from(text).toString("base64") });
const wholes = (...numbers: number[]) => ({ list: { i: numbers.map(String) } });

const placeholder = (name: string, ...sizes: number[]) => ({
  name,
  op: "Placeholder",
  attr: { dtype: { type: "DT_FLOAT" }, shape: { shape: shape(...sizes) } },
});
const constant = (name: string, ...sizes: number[]) => ({
  name,
  op: "Const",
  attr: { dtype: { type: "DT_FLOAT" }, value: { tensor: { dtype: "DT_FLOAT", tensorShape: shape(...sizes) } } },
});
const inline = (name: string, ...values: number[]) => ({
  name,
  op: "Const",
  attr: { value: { tensor: { dtype: "DT_INT32", tensorShape: values.length === 1 ? {} : shape(values.length), intVal: values } } },
});
const node = (name: string, op: string, input: string[], attr: object = {}) => ({ name, op, input, attr });
const window = (padding: string, ...strides: number[]) => ({
  padding: words(padding),
  strides: wholes(...strides),
  data_format: words("NHWC"),
});

let count = 0;
function written(nodes: readonly object[], weightsManifest: unknown = []): string {
  const file = path.join(folder, `model${count++}.json`);
  writeFileSync(file, JSON.stringify({ format: "graph-model", modelTopology: { node: nodes }, weightsManifest }));
  return file;
}

async function shapes(nodes: readonly object[], manifest?: unknown): Promise<Record<string, unknown>> {
  const reading = await readSaved(written(nodes, manifest));
  return Object.fromEntries((reading?.layers ?? []).map(({ name, outputs }) => [name, outputs[0]]));
}

describe("shapes in a graph, as TensorFlow's shape functions have them", () => {
  it("of windows", async () => {
    const read = await shapes([
      placeholder("x", -1, 28, 28, 3),
      constant("k", 5, 5, 3, 8),
      constant("d", 3, 3, 8, 2),
      node("conv", "Conv2D", ["x", "k"], window("VALID", 1, 2, 2, 1)),
      node("same", "_FusedConv2D", ["x", "k"], window("SAME", 1, 2, 2, 1)),
      node("deep", "DepthwiseConv2dNative", ["same", "d"], window("SAME", 1, 1, 1, 1)),
      node("pool", "MaxPool", ["deep"], { ...window("VALID", 1, 2, 2, 1), ksize: wholes(1, 3, 3, 1) }),
      inline("size", 10, 12),
      node("big", "ResizeBilinear", ["pool", "size"]),
      inline("axes", 1, 2),
      node("mean", "Mean", ["big", "axes"], { keep_dims: { b: false } }),
      node("means", "Mean", ["big", "axes"], { keep_dims: { b: true } }),
    ]);
    expect(read).toEqual({
      x: [undefined, 28, 28, 3],
      conv: [undefined, 12, 12, 8],
      same: [undefined, 14, 14, 8],
      deep: [undefined, 14, 14, 16],
      pool: [undefined, 6, 6, 16],
      big: [undefined, 10, 12, 16],
      mean: [undefined, 16],
      means: [undefined, 1, 1, 16],
    });
  });

  it("that are computed in the graph, as Keras flattens", async () => {
    const read = await shapes([
      placeholder("x", -1, 4, 4, 8),
      node("shape", "Shape", ["x"]),
      ...["begin", "end", "step"].map((name, at) => ({
        ...inline(name, [0, 1, 1][at] ?? 0),
        attr: { value: { tensor: { tensorShape: shape(1), intVal: [[0, 1, 1][at]] } } },
      })),
      node("batch", "StridedSlice", ["shape", "begin", "end", "step"], { shrink_axis_mask: { i: "1" } }),
      inline("rest", 128),
      node("wanted", "Pack", ["batch", "rest"], { axis: { i: "0" }, N: { i: "2" } }),
      node("flat", "Reshape", ["x", "wanted"]),
      constant("w", 128, 10),
      constant("b", 10),
      node("dense", "_FusedMatMul", ["flat", "w", "b"]),
      node("sum", "AddV2", ["dense", "b"]),
      node("softmax", "Softmax", ["sum"]),
    ]);
    expect(read["flat"]).toEqual([undefined, 128]);
    expect(read["softmax"]).toEqual([undefined, 10]);
  });

  it("that numbers in the weight files decide", async () => {
    writeFileSync(path.join(folder, "a.bin"), Buffer.from(new Float32Array([1, 2]).buffer));
    writeFileSync(path.join(folder, "b.bin"), Buffer.from(new Int32Array([-1, 2, 8]).buffer));
    const manifest = [
      {
        paths: ["a.bin", "b.bin"],
        weights: [
          { name: "w", shape: [2], dtype: "float32" },
          { name: "to", shape: [3], dtype: "int32" },
        ],
      },
    ];
    const nodes = [placeholder("x", 4, 16), constant("w", 2), constant("to", 3), node("y", "Reshape", ["x", "to"])];
    expect((await shapes(nodes, manifest))["y"]).toEqual([4, 2, 8]);
    const file = written(nodes, manifest);
    expect(await readTensor(file, "w")).toEqual({ shape: [2], dtype: "float32", data: new Float32Array([1, 2]) });
    await expect(readTensor(file, "v")).rejects.toThrow(/has no weight v/);
  });

  it("stay unknown behind what is not known", async () => {
    const read = await shapes([
      placeholder("x", -1, 8),
      node("y", "SomethingNew", ["x"]),
      node("z", "Relu", ["y"]),
      node("p", "Relu", ["x"]),
    ]);
    expect(read).toEqual({ x: [undefined, 8], y: undefined, z: undefined, p: [undefined, 8] });
  });
});

describe("the reading", () => {
  it("tells weights, edges, inputs and outputs", async () => {
    const manifest = [
      {
        paths: ["none.bin"],
        weights: [{ name: "k", shape: [3, 3, 3, 8], dtype: "float32", quantization: { dtype: "uint8", scale: 0.5, min: -1 } }],
      },
    ];
    const reading = await readSaved(
      written(
        [
          placeholder("x", -1, 8, 8, 3),
          constant("k", 3, 3, 3, 8),
          node("c", "Conv2D", ["x:0", "k"], window("SAME", 1, 1, 1, 1)),
          node("r", "Relu", ["c", "^x"]),
        ],
        manifest,
      ),
    );
    expect(reading).toMatchObject({
      framework: "tfjs",
      layout: "NHWC",
      inputs: [[undefined, 8, 8, 3]],
      outputs: [[undefined, 8, 8, 8]],
      totalParameters: 216,
      edges: [
        [-1, 0],
        [0, 1],
        [1, 2],
      ],
      tensors: [{ name: "k", shape: [3, 3, 3, 8], dtype: "float32" }],
    });
    expect(reading?.layers.map(({ parameters }) => parameters)).toEqual([0, 216, 0]);
  });
});

describe("a broken model is told in one sentence", () => {
  const k = { name: "k", shape: [1], dtype: "float32" };
  it.each([
    ["paths above its folder", [placeholder("x", 1)], [{ paths: ["../../etc/passwd"], weights: [k] }], /outside its own folder/],
    ["absolute paths", [placeholder("x", 1)], [{ paths: ["/etc/passwd"], weights: [k] }], /outside its own folder/],
    ["cycles", [node("a", "Relu", ["b"]), node("b", "Relu", ["a"])], [], /needs its own result/],
    ["missing nodes", [node("a", "Relu", ["b"])], [], /a needs b, which is not there/],
    ["names twice", [placeholder("x", 1), placeholder("x", 1)], [], /two of its nodes are named x/],
    ["no names", [{ op: "Relu" }], [], /has no name or operation/],
    [
      "sizes that are none",
      [{ name: "x", op: "Placeholder", attr: { shape: { shape: { dim: [{ size: "many" }] } } } }],
      [],
      /a size in it is no number/,
    ],
    ["absurd weights", [placeholder("x", 1)], [{ paths: [], weights: [{ ...k, shape: [1e9, 1e9, 1e9] }] }], /too large to be real/],
  ])("%s", async (_, nodes, manifest, message) => {
    await expect(readSaved(written(nodes, manifest))).rejects.toThrow(message);
  });

  it("takes chains of 20,000 nodes in a second", async () => {
    const chain = Array.from({ length: 20_000 }, (_, at) => node(`n${at}`, "Relu", [at === 0 ? "x" : `n${at - 1}`]));
    const file = written([placeholder("x", -1, 4), ...chain.reverse()]);
    const read = async () => expect((await readSaved(file))?.outputs).toEqual([[undefined, 4]]);
    expect(await fastest(read)).toBeLessThan(1000);
  });
});
