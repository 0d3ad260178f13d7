import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { checkpointZip, dictionary, floats, legacyCheckpoint, tensor } from "./checkpointFile.js";
import { LENET, onnxFile } from "./onnxFile.js";
import { safetensorsFile } from "./safetensorsFile.js";

/** A sound file to be damaged; its name's ending counts. */
export interface Sample {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Models that others saved; absent where only this repository is. */
const SHARED = path.resolve(import.meta.dirname, "../../../../shared/conformance/models");
/** Larger ones are mostly weights, which mutations would be spent on. */
const MAX_SIZE = 70_000;

/** One of each format, made here, and what small ones there are of others. */
export function samples(): readonly Sample[] {
  const state = dictionary({ model: dictionary({ "conv.weight": tensor("0", [2, 3]), "conv.bias": tensor("1", [2]) }) });
  const header = { a: { dtype: "F32", shape: [2, 2], data_offsets: [0, 16] }, b: { dtype: "F32", shape: [2], data_offsets: [16, 24] } };
  const small = { ...LENET, initializers: { ...LENET.initializers, "fc.weight": { dims: [10, 4] } } };
  return [
    { name: "lenet.onnx", bytes: onnxFile(small) },
    { name: "checkpoint.pt", bytes: checkpointZip(state, { 0: floats(1, 2, 3, 4, 5, 6), 1: floats(7, 8) }) },
    { name: "legacy.pth", bytes: legacyCheckpoint(state, { 0: Float32Array.of(1, 2, 3, 4, 5, 6), 1: Float32Array.of(7, 8) }) },
    { name: "two.safetensors", bytes: safetensorsFile(header, floats(1, 2, 3, 4, 5, 6)) },
    ...sharedSamples(),
  ];
}

function sharedSamples(): readonly Sample[] {
  if (!existsSync(SHARED)) return [];
  const files = readdirSync(SHARED, { recursive: true, encoding: "utf8" }).sort();
  return files
    .filter((file) => /\.(onnx|pt|pth|th|safetensors|keras|h5|hdf5|json)$/.test(file))
    .map((file) => path.join(SHARED, file))
    .filter((file) => statSync(file).size <= MAX_SIZE)
    .map((file) => ({ name: path.basename(file), bytes: readFileSync(file) }));
}
