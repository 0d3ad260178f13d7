import type { EngineDescription } from "../program/engine.js";
import type { DataType, Program } from "../program/types.js";

/** Numbers with a shape, row-major; the array type says the dtype. */
export interface TensorData {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array | Uint8Array;
}

export type Feeds = Readonly<Record<string, TensorData>>;

/**
 * One loaded program and its variables. Calls are synchronous and not reentrant. Feeds are checked (names, shapes, dtypes, label
 * range) before anything is computed, and a wrong one throws; a failure after that leaves the executor unusable.
 */
export interface Executor {
  readonly engine: EngineDescription;
  /** Calls a function; answers its fetches in order. The arrays belong to the caller. */
  run(name: string, feeds: Feeds): TensorData[];
  /** Copies of variables, in the order asked. */
  read(names: readonly string[]): Float32Array[];
  /** Sets variables; all others keep their values. Variables start as zeros. */
  write(values: ReadonlyMap<string, Float32Array>): void;
  dispose(): void;
}

/** How an engine is had: see tensorflow/, wasm/ and reference/. */
export type CreateExecutor = (program: Program) => Promise<Executor>;

export function dtypeOf(data: TensorData["data"]): DataType {
  if (data instanceof Float32Array) return "float32";
  return data instanceof Int32Array ? "int32" : "uint8";
}
