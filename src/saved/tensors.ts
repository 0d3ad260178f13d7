import type { ModelReading, StoredTensor } from "../reading/types.js";

/** A tensor's numbers, for pictures and statistics. */
export interface TensorData {
  readonly shape: readonly number[];
  /** As it is stored; the numbers have been converted. */
  readonly dtype: string;
  readonly data: Float32Array;
}

/** The reading of a file that holds weights without a graph. */
export function checkpointReading(framework: "pytorch" | "safetensors", target: string, tensors: readonly StoredTensor[]): ModelReading {
  return {
    framework,
    layout: "NCHW",
    target,
    inputs: [],
    inputOrigin: "file",
    layers: [],
    edges: [],
    outputs: [],
    totalParameters: tensors.reduce((sum, { shape }) => sum + elementCount(shape), 0),
    lines: [],
    tensors,
    problems: [],
  };
}

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
