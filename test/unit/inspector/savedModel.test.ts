import { statSync, truncateSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SavedModel } from "../../../src/inspector/savedModel.js";
import { checkpointZip, dictionary, floats, tensor } from "../saved/checkpointFile.js";
import { LENET, onnxFile } from "../saved/onnxFile.js";
import { safetensorsFile } from "../saved/safetensorsFile.js";
import { temporaryFolder } from "../saved/temporary.js";

const write = temporaryFolder();

describe("a saved model that is shown", () => {
  it("has its graph, with the attributes and weights of each node", async () => {
    const model = new SavedModel();
    const graph = await model.open({ file: write("lenet.onnx", onnxFile(LENET)) });
    expect(graph).toMatchObject({ title: "lenet.onnx", format: "ONNX model", hasText: false, inputNote: "" });
    expect(graph.nodes[0]).toMatchObject({ type: "Conv", outputs: [[1, 6, 28, 28]], parameters: 156, line: null });
    expect(graph.nodes[0]?.tensors.map((i) => graph.tensors[i]?.name)).toEqual(["c1.weight", "c1.bias"]);
    const details = await model.details({ node: 0 });
    expect(details.attributes).toEqual([
      { name: "kernel_shape", value: "[5, 5]" },
      { name: "pads", value: "[2, 2, 2, 2]" },
    ]);
    expect(details.receptiveField).toEqual([5, 5]);
    const bias = graph.nodes[0]?.tensors[1] ?? -1;
    expect(await model.summary({ tensor: bias })).toMatchObject({ tensor: bias, count: 6, minimum: 1, maximum: 6, mean: 3.5 });
    expect([...(await model.numbers({ tensor: bias, offset: 4, count: 100 })).values]).toEqual([5, 6]);
    const kernels = await model.kernels({ tensor: graph.nodes[0]?.tensors[0] ?? -1, first: 0, count: 6 });
    expect(kernels).toMatchObject({ kernels: 6, channels: 1, height: 5, width: 5 });
    await expect(model.kernels({ tensor: bias, first: 0, count: 1 })).rejects.toThrow("c1.bias is no convolution's weight: it has 1 axes.");
  });

  it("has tensors alone where the file is a checkpoint", async () => {
    const state = dictionary({ "conv.weight": tensor("0", [2, 1, 1, 2]) });
    const model = new SavedModel();
    const graph = await model.open({ file: write("net.pt", checkpointZip(state, { 0: floats(1, 2, 3, 4) })) });
    expect(graph).toMatchObject({ format: "PyTorch checkpoint", nodes: [], totalParameters: 4, canTrain: false });
    expect([...(await model.kernels({ tensor: 0, first: 1, count: 1 })).values]).toEqual([3, 4]);
  });

  it("is not read whole where it is large", async () => {
    const count = 125_000_000;
    const header = { w: { dtype: "F32", shape: [count], data_offsets: [0, 4 * count] } };
    const file = write("large.safetensors", safetensorsFile(header, new Uint8Array(0)));
    truncateSync(file, statSync(file).size + 4 * count);
    const before = process.memoryUsage().rss;
    const model = new SavedModel();
    await model.open({ file });
    expect((await model.numbers({ tensor: 0, offset: count - 10, count: 100 })).values).toHaveLength(10);
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
  });

  it("is refused in one sentence that names it in brief", async () => {
    const file = write("broken.onnx", onnxFile(LENET).subarray(0, 200));
    await expect(new SavedModel().open({ file })).rejects.toThrow(/^broken\.onnx is damaged or cut off: /);
    await expect(new SavedModel().summary({ tensor: 0 })).rejects.toThrow("No model is open.");
  });
});
