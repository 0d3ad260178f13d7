import { parseTree } from "jsonc-parser";
import { readNetwork } from "../../src/model/read.js";
import { inferShapes } from "../../src/shape/infer.js";
import { cpuSeconds, median } from "./measure.js";

const LAYERS = 1000;
const RUNS = 401;

/** Blocks of convolution, normalization and activation, as people would type them. */
function longNetwork(layers: number): string {
  const block = [
    '{ "type": "conv2d", "filters": 16, "kernelSize": 3, "padding": "same", "useBias": false }',
    '{ "type": "batchNormalization" }',
    '{ "type": "activation", "activation": "relu" }',
    '{ "type": "conv2d", "filters": 16, "kernelSize": [3, 3], "padding": 1, "kernelRegularizer": { "l2": 0.0001 } }',
  ];
  const lines = Array.from({ length: layers }, (_, i) => `    ${block[i % block.length]}`);
  return `{\n  "input": [32, 32, 16],\n  "layers": [\n${lines.join(",\n")}\n  ]\n}\n`;
}

/**
 * Reading a long file and inferring its shapes, as at each keystroke in it, beside jsonc-parser's own tree of the same text. An editor has
 * done it often before: the median of warm runs counts. Its CPU time includes the threads that collect garbage.
 */
export async function shapes(): Promise<void> {
  const text = longNetwork(LAYERS);
  const runs = Array.from({ length: RUNS }, () => {
    const read = timed(() => {
      const { network, problems } = readNetwork(text, "long.cnn.json");
      const inferred = inferShapes(network);
      if (problems.length + inferred.problems.length > 0 || inferred.layers.length !== LAYERS)
        throw new Error("The long network is wrong.");
    });
    const parse = timed(() => parseTree(text));
    return { parse, read };
  });
  const warm = runs.slice(RUNS >> 1);
  const middle = (of: (run: (typeof runs)[number]) => number) => `${median(warm.map(of)).toFixed(1)} ms`;
  console.log(
    `${LAYERS} layers read and inferred in ${middle(({ read }) => read.wall)}, ${middle(({ read }) => read.cpu)} of CPU (median of ${warm.length} warm runs)`,
  );
  console.log(`jsonc-parser's parseTree alone: ${middle(({ parse }) => parse.wall)}, ${middle(({ parse }) => parse.cpu)} of CPU`);
  console.log(`the first time in a process: ${runs[0]?.read.wall.toFixed(0)} ms`);
}

/** Wall and CPU time in milliseconds. */
function timed(work: () => void): { readonly wall: number; readonly cpu: number } {
  const [wall, cpu] = [performance.now(), cpuSeconds()];
  work();
  return { wall: performance.now() - wall, cpu: 1000 * (cpuSeconds() - cpu) };
}
