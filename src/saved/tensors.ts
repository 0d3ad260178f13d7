import { UserError } from "../base/userError.js";
import type { ModelReading, StoredTensor } from "../reading/types.js";
import { BYTES, toFloat32 } from "./numbers.js";
import type { ByteSource } from "./randomAccess.js";

/** A tensor's numbers, for pictures and statistics. */
export interface TensorData {
  readonly shape: readonly number[];
  /** As it is stored; the numbers have been converted. */
  readonly dtype: string;
  readonly data: Float32Array;
}

/** A tensor of a file that is open, so that its numbers can be read in parts. */
export interface OpenTensor extends Omit<TensorData, "data"> {
  /** Numbers in row-major order, from `offset` on. Throws UserError where they are not in the file. */
  read(offset: number, count: number): Float32Array | Promise<Float32Array>;
}

/** Opens one weight, by the name the reading gives it, lets its numbers be read and closes it. Throws UserError where there is none. */
export type OpenByName = <T>(name: string, use: (tensor: OpenTensor) => T | Promise<T>) => Promise<T>;

/** Opens a file, lets its weights be opened one after another and closes it. Throws UserError where it is broken. */
export type WithTensors = <T>(file: string, use: (open: OpenByName) => Promise<T>) => Promise<T>;

/** Numbers that lie one after another in a source as they are. Throws UserError where they are no real numbers. */
export function plainTensor(source: ByteSource, { name, shape, dtype }: StoredTensor): OpenTensor {
  const bytes = BYTES[dtype];
  if (bytes === undefined || dtype.startsWith("complex"))
    throw new UserError(`${name} in ${source.name} holds ${dtype}, which is not shown.`);
  const read = (offset: number, count: number) => toFloat32(source.read(offset * bytes, count * bytes), dtype) ?? new Float32Array(0);
  return { shape, dtype, read };
}

/** Numbers that are in memory. */
export function tensorInMemory({ shape, dtype, data }: TensorData): OpenTensor {
  return { shape, dtype, read: (offset, count) => data.subarray(offset, offset + count) };
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
