import { readNetwork } from "../../src/model/read.js";
import { inferShapes } from "../../src/shape/infer.js";
import { median } from "./measure.js";

const LAYERS = 1000;
const RUNS = 101;

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

/** Reads a long file and infers its shapes, as at each keystroke in it: the median of warm runs, in CPU milliseconds, as neighbours spoil wall time. */
export function measureShapes(layers = LAYERS, runs = RUNS): { readonly layers: number; readonly milliseconds: number } {
  const text = longNetwork(layers);
  const times = Array.from({ length: runs }, () => {
    const start = process.cpuUsage();
    const { network, problems } = readNetwork(text, "long.cnn.json");
    const shapes = inferShapes(network);
    const { user, system } = process.cpuUsage(start);
    if (problems.length + shapes.problems.length > 0 || shapes.layers.length !== layers) throw new Error("The long network is wrong.");
    return (user + system) / 1000;
  });
  return { layers, milliseconds: median(times.slice(runs >> 2)) };
}
