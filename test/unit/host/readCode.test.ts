import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { readCode } from "../../../src/host/models/readCode.js";
import type { ObservableRun } from "../../../src/host/training/observableRun.js";
import { sourceLanguage } from "../../../src/reading/languages.js";
import { Source } from "../../../src/reading/source.js";
import { toCnnJson } from "../../../src/reading/toCnnJson.js";
import { packagedGrammars } from "../../fixtures/grammars.js";
import { sampleRun } from "./sampleRun.js";

const grammars = packagedGrammars();
beforeAll(() => grammars.load("python"));

/** As much of the editor as reading needs: everything is where it was read. */
type Arguments = Parameters<typeof readCode>;
const document = { fileName: "/code/lenet.py", uri: { path: "/code/lenet.py" } } as Arguments[0];

function shown(): { readonly source: Source; readonly code: Arguments[1] } {
  const source = new Source(readFileSync("examples/code/lenet.py", "utf8"), sourceLanguage("python", grammars), {
    file: "lenet.py",
    patience: 25,
  });
  const analysis = { source, targets: source.targets, readings: [], notes: [], problems: [] };
  const range = (place: { start: number }) => ({ start: { line: 0, character: place.start } });
  const code = { analysis, lost: [], stale: false, locate: (place: { start: number }) => ({ uri: document.uri, range: range(place) }) };
  return { source, code: code as unknown as Arguments[1] };
}

/** A live run of this network, in whose kernels every number is its place. */
function runOf(text: string): ObservableRun {
  const network = { file: "lenet.py", source: text, hash: "00" };
  return sampleRun(
    { network },
    {
      live: true,
      weights: async (layer) => {
        const kernelShape = layer === "conv2" ? [5, 5, 6, 16] : [];
        const kernel = Float32Array.from({ length: kernelShape.reduce((a, b) => a * b, 1) }, (_, i) => i);
        return { layer, step: 1, kernelShape, kernel };
      },
    },
  );
}

describe("source code beside its model", () => {
  it("shows what a run of it has learnt in the framework's own order", async () => {
    const { source, code } = shown();
    const translated = toCnnJson(source.read("LeNet()"));
    if (!translated.ok) throw new Error(translated.error.message);
    const { graph, tensors } = readCode(document, code, "LeNet()", [runOf(translated.value.text)]);
    const at = graph.tensors.findIndex(({ name }) => name === "conv2.weight");
    expect(graph.tensors[at]).toMatchObject({ shape: [16, 6, 5, 5], stored: true });
    // PyTorch's [kernel, channel, row, column] = [3, 2, 1, 4] is ours at [1, 4, 2, 3].
    const place = ((3 * 6 + 2) * 5 + 1) * 5 + 4;
    const { values } = await tensors.numbers({ tensor: at, offset: place, count: 1 });
    expect([...values]).toEqual([((1 * 5 + 4) * 6 + 2) * 16 + 3]);
    const planes = await tensors.kernels({ tensor: at, first: 3, count: 1 });
    expect(planes).toMatchObject({ kernels: 16, channels: 6, height: 5, width: 5 });
    expect(planes.values[(2 * 5 + 1) * 5 + 4]).toBe(values[0]);
  });

  it("has no numbers without such a run", () => {
    const { code } = shown();
    const { graph } = readCode(document, code, "LeNet()", [runOf('{ "input": [8, 8, 1], "layers": [{ "type": "flatten" }] }')]);
    expect(graph.tensors.some(({ stored }) => stored)).toBe(false);
    expect(graph.canTrain).toBe(true);
  });

  it("says that a model is gone", () => {
    const { code } = shown();
    expect(() => readCode(document, code, "AlexNet()", [])).toThrow("lenet.py does not make AlexNet() any more.");
    expect(() => readCode(document, undefined, "LeNet()", [])).toThrow("lenet.py does not make LeNet() any more.");
  });
});
