import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { LineIndex } from "../../../src/base/text.js";
import { networkDetails, networkGraph } from "../../../src/inspect/networkGraph.js";
import { readingDetails } from "../../../src/inspect/readingDetails.js";
import { readingGraph } from "../../../src/inspect/readingGraph.js";
import { readNetwork } from "../../../src/model/read.js";
import { sourceLanguage } from "../../../src/reading/languages.js";
import { Source } from "../../../src/reading/source.js";
import { inferShapes } from "../../../src/shape/infer.js";
import { packagedGrammars } from "../../fixtures/grammars.js";

const grammars = packagedGrammars();
beforeAll(() => grammars.load("python"));

function python(text: string, learnt: readonly string[] = []) {
  const reading = new Source(text, sourceLanguage("python", grammars), { file: "net.py", patience: 25 }).read();
  const context = { title: "net.py", format: "PyTorch source", canTrain: true, lines: new LineIndex(text), learnt: new Set(learnt) };
  return { graph: readingGraph(reading, context), details: readingDetails(reading, text) };
}

describe("the graph of source code", () => {
  const text = readFileSync("examples/code/lenet.py", "utf8");

  it("has LeNet-5's layers with their lines, shapes, costs and weights", () => {
    const { graph } = python(text, ["conv1.weight"]);
    expect(graph).toMatchObject({ totalParameters: 61_706, totalMultiplyAdds: 416_520, hasText: true, inputs: [[1, 1, 28, 28]] });
    expect(graph.inputNote).toMatch(/^a guess/);
    const at = graph.nodes.findIndex(({ name }) => name === "conv2");
    const node = graph.nodes[at];
    expect(node).toMatchObject({ type: "Conv2d", outputs: [[1, 16, 10, 10]], parameters: 2416, multiplyAdds: 240_000, line: 11 });
    const weights = (name: string) => graph.nodes.find((each) => each.name === name)?.tensors.map((i) => graph.tensors[i]);
    expect(weights("conv2")?.map((tensor) => [tensor?.name, tensor?.shape, tensor?.stored])).toEqual([
      ["conv2.weight", [16, 6, 5, 5], false],
      ["conv2.bias", [16], false],
    ]);
    expect(weights("conv1")?.[0]?.stored).toBe(true);
    expect(graph.edges).toContainEqual([-1, 0]);
    expect(graph.edges).toContainEqual([at - 1, at]);
  });

  it("tells a layer's arithmetic", () => {
    const { graph, details } = python(text);
    const at = graph.nodes.findIndex(({ name }) => name === "conv2");
    const told = details(at);
    expect(told).toMatchObject({ inputs: [[1, 6, 14, 14]], activationBytes: 4 * 1600, receptiveField: [14, 14] });
    expect(told.attributes).toContainEqual({ name: "kernel_size", value: "(5, 5)" });
    expect(told.formulas.map(({ value }) => value)).toContain("10");
    const pool = details(graph.nodes.findIndex(({ type }) => type === "F.max_pool2d"));
    expect(pool.attributes).toContainEqual({ name: "kernel_size", value: "2" });
    expect(details(999)).toMatchObject({ inputs: [], attributes: [], activationBytes: null, receptiveField: null });
  });

  it("has the weights of a layer that runs twice once, and says at which layer a problem is", () => {
    const twice = `
import torch.nn as nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 8)
        self.out = nn.Linear(9, 2)
    def forward(self, x):  # cnn: input 8
        return self.out(self.fc(self.fc(x)))
`.replace("class", "# cnn: input 8\nclass");
    const { graph } = python(twice);
    const [first, second] = graph.nodes;
    expect(second?.tensors).toEqual(first?.tensors);
    const [problem] = graph.problems;
    expect(problem?.severity).toBe("error");
    expect(graph.nodes[problem?.node ?? -1]?.name).toBe("out");
  });
});

describe("the graph of a network", () => {
  const text = readFileSync("examples/lenet5.cnn.json", "utf8");
  const { network } = readNetwork(text, "lenet5.cnn.json");
  const shapes = inferShapes(network);
  const known = { network, shapes, problems: shapes.problems };
  const graph = networkGraph(known, {
    title: "lenet5.cnn.json",
    lines: new LineIndex(text),
    canTrain: true,
    learnt: new Set(["conv2d_1/kernel"]),
  });

  it("has its layers, with the batch that may be of any size", () => {
    expect(graph).toMatchObject({ totalParameters: 61_706, totalMultiplyAdds: 416_520, inputs: [[null, 28, 28, 1]] });
    const [first] = graph.nodes;
    expect(first).toMatchObject({ name: "conv2d_1", type: "conv2d", outputs: [[null, 28, 28, 6]], parameters: 156 });
    expect(text.split("\n")[(first?.line ?? 0) - 1]).toContain('"conv2d"');
    expect(first?.tensors.map((i) => graph.tensors[i])).toEqual([
      { name: "conv2d_1/kernel", shape: [5, 5, 1, 6], dtype: "float32", stored: true },
      { name: "conv2d_1/bias", shape: [6], dtype: "float32", stored: false },
    ]);
    expect(graph.edges.slice(0, 2)).toEqual([
      [-1, 0],
      [0, 1],
    ]);
  });

  it("tells a layer's arguments and arithmetic", () => {
    const details = networkDetails(known, 0);
    expect(details).toMatchObject({ inputs: [[null, 28, 28, 1]], activationBytes: 4 * 4704, receptiveField: [5, 5] });
    expect(details.attributes).toContainEqual({ name: "filters", value: "6" });
    expect(details.attributes).toContainEqual({ name: "kernelSize", value: "[5, 5]" });
    expect(details.attributes).toContainEqual({ name: "biasInitializer", value: "zeros" });
  });
});
