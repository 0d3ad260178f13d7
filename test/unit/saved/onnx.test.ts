import { describe, expect, it } from "vitest";
import { UserError } from "../../../src/base/userError.js";
import { readSaved, readTensor } from "../../../src/saved/readSaved.js";
import { LENET, type OnnxNode, type OnnxSample, type OnnxTensor, onnxFile } from "./onnxFile.js";
import { temporaryFolder } from "./temporary.js";

const write = temporaryFolder();
const read = async (sample: OnnxSample) => {
  const reading = await readSaved(write("sample.onnx", onnxFile(sample)));
  if (reading === undefined) throw new Error("it is not seen to be ONNX");
  return reading;
};
const outputs = async (sample: OnnxSample) =>
  (await read(sample)).layers.map(({ outputs: [shape] }) => shape?.map((size) => size ?? "?").join("x"));

describe("an ONNX model", () => {
  it("has one example as its batch, and the sizes that the graph works out itself", async () => {
    const reading = await read(LENET);
    expect(reading.problems).toEqual([]);
    expect(reading.layers.map(({ name, type, outputs: [shape] }) => [name, type, shape])).toEqual([
      ["c1", "Conv", [1, 6, 28, 28]],
      ["r1", "Relu", [1, 6, 28, 28]],
      ["p1", "MaxPool", [1, 6, 14, 14]],
      ["sizes", "Shape", [4]],
      ["batch", "Gather", []],
      ["batches", "Unsqueeze", [1]],
      ["flatShape", "Concat", [2]],
      ["flat", "Reshape", [1, 1176]],
      ["scores", "Gemm", [1, 10]],
    ]);
    expect(reading.outputs).toEqual([[1, 10]]);
  });

  it("counts weights, not lists of sizes, and multiplications", async () => {
    const reading = await read(LENET);
    expect(reading.totalParameters).toBe(6 * 25 + 6 + 10 * 1176 + 10);
    expect(reading.layers[0]?.parameters).toBe(156);
    // 28*28 places of 6 filters of 5*5; 1176 inputs of 10 scores.
    expect(reading.layers.map(({ application }) => application?.multiplyAdds)).toEqual([117600, 0, 0, 0, 0, 0, 0, 0, 11760]);
    expect(reading.layers[2]?.application?.reach).toEqual({ kernel: [2, 2], strides: [2, 2], dilation: [1, 1], padding: [0, 0, 0, 0] });
  });

  it("says which layer feeds which", async () => {
    const { edges } = await read(LENET);
    expect(edges).toEqual([
      [-1, 0],
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 5],
      [5, 6],
      [2, 7],
      [6, 7],
      [7, 8],
    ]);
  });

  it("takes another example", async () => {
    const file = write("other.onnx", onnxFile(LENET));
    const reading = await readSaved(file, [[1, 32, 32]]);
    expect(reading?.layers[0]?.outputs).toEqual([[1, 6, 32, 32]]);
    expect(reading?.problems.map(({ message }) => message)).toEqual(["Gemm scores cannot multiply 1x1536 by 1176x10."]);
    await expect(readSaved(file, [[1, 2], [3]])).rejects.toThrow(/takes 1 inputs \(image\), not 2/);
  });

  it("gives a weight's numbers, from the file or from one beside it", async () => {
    const file = write("weights.onnx", onnxFile(LENET));
    expect([...(await readTensor(file, "c1.bias")).data]).toEqual([1, 2, 3, 4, 5, 6]);
    write("beside.bin", new Uint8Array(Float32Array.of(0, 0, 7, 8).buffer));
    const beside = write("external.onnx", onnxFile(external({ location: "beside.bin", offset: "8", length: "8" })));
    expect([...(await readTensor(beside, "w")).data]).toEqual([7, 8]);
    expect((await readSaved(beside))?.problems).toEqual([]);
  });

  it.each([
    ["../beside.bin", /outside its folder/],
    ["/etc/hostname", /outside its folder/],
    ["absent.bin", /there is no such file/],
    ["short.bin", /truncated or damaged/],
  ])("does not follow external data to %s", async (location, message) => {
    write("short.bin", new Uint8Array(4));
    const file = write("leaving.onnx", onnxFile(external({ location })));
    await expect(readTensor(file, "w")).rejects.toThrow(message);
  });

  it("says what would fail when it runs", async () => {
    const conv: OnnxNode = { op: "Conv", inputs: ["x", "w"], outputs: ["y"] };
    const reading = await read({ inputs: { x: [1, 4, 8, 8] }, outputs: ["y"], nodes: [conv], initializers: { w: { dims: [8, 3, 3, 3] } } });
    expect(reading.problems.map(({ message }) => message)).toEqual(["Conv y has kernels of 8x3x3x3 for an input of 1x4x8x8."]);
    expect(reading.layers[0]?.outputs).toEqual([undefined]);
  });

  it("is refused where its graph goes round in a circle", async () => {
    const nodes = [
      { op: "Add", inputs: ["x", "b"], outputs: ["a"] },
      { op: "Relu", inputs: ["a"], outputs: ["b"] },
    ];
    const file = write("circle.onnx", onnxFile({ inputs: { x: [1, 2] }, outputs: ["b"], nodes }));
    const refused = new UserError(
      `${file} is no model that can run: its graph goes round in a circle, so that Add a can never be computed.`,
    );
    await expect(readSaved(file)).rejects.toEqual(refused);
  });

  it("orders nodes that are not", async () => {
    const nodes = [
      { op: "Relu", inputs: ["a"], outputs: ["b"] },
      { op: "Flatten", inputs: ["x"], outputs: ["a"] },
    ];
    expect(await outputs({ inputs: { x: [2, 3, 4] }, outputs: ["b"], nodes })).toEqual(["2x12", "2x12"]);
  });

  it("knows nothing of operators of other domains", async () => {
    const nodes = [{ op: "Relu", inputs: ["x"], outputs: ["y"], domain: "my.own" }];
    const { layers, problems } = await read({ inputs: { x: [1, 2] }, outputs: ["y"], nodes });
    expect([layers[0]?.outputs, layers[0]?.application?.multiplyAdds, problems]).toEqual([[undefined], undefined, []]);
  });

  it("refuses tensors whose bytes do not fit their shape", async () => {
    const initializers: Record<string, OnnxTensor> = { w: { dims: [3], float32: [1] } };
    await expect(read({ inputs: {}, outputs: [], nodes: [], initializers })).rejects.toThrow(/tensor w of shape 3 has 4 bytes/);
  });

  it("refuses a file that is cut off", async () => {
    const bytes = onnxFile(LENET);
    for (const length of [1, 20, 200, bytes.length >> 1, bytes.length - 30])
      await expect(readSaved(write("cut.onnx", bytes.slice(0, length)))).rejects.toHaveProperty("name", "UserError");
  });
});

function external(entries: Readonly<Record<string, string>>): OnnxSample {
  const nodes = [{ op: "Add", inputs: ["x", "w"], outputs: ["y"] }];
  return { inputs: { x: [1, 2] }, outputs: ["y"], nodes, initializers: { w: { dims: [2], external: entries } } };
}
