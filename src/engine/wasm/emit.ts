import { elementCount } from "../../program/shapes.js";
import type { DataType, Operation, OperationName } from "../../program/types.js";
import type { Kernels } from "./kernels.js";

/** A tensor with its place in memory and its shape, the number of examples included. */
export interface Tensor {
  readonly address: number;
  readonly shape: readonly number[];
  readonly dtype: DataType;
}

/** One operation ready to run: kernels with all their addresses and sizes bound. */
export type Step = () => void;

/** What an operation may use while it is made ready. */
export interface Workshop {
  readonly kernels: Kernels;
  readonly seed: number;
  /** The address of whole numbers that do not change. */
  table(values: readonly number[]): number;
  /** The address of room that is the operation's own while it runs. */
  scratch(bytes: number): number;
}

/** What follows an operation and is computed with it: see fuse.ts. */
export interface Epilogue {
  readonly bias: Tensor | undefined;
  /** The least result: 0 where relu follows, else -Infinity. */
  readonly floor: number;
}

/** Makes an operation ready. Its tensors are its outputs, then its inputs, in the order of program/types.ts. */
export type Emit<Name extends OperationName> = (
  operation: Extract<Operation, { op: Name }>,
  workshop: Workshop & Epilogue,
  ...tensors: Tensor[]
) => Step;
export type Emits<Name extends OperationName> = { readonly [K in Name]: Emit<K> };

export const WIDTH: Readonly<Record<DataType, number>> = { float32: 4, int32: 4, uint8: 1 };

export const bytesOf = ({ shape, dtype }: Pick<Tensor, "shape" | "dtype">): number => elementCount(shape) * WIDTH[dtype];

/** [product of all axes but the last, the last]. */
export function rowsOf({ shape }: Tensor): readonly [rows: number, length: number] {
  const length = shape.at(-1) ?? 1;
  return [elementCount(shape) / length, length];
}
