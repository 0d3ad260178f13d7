import { axisSize, elementCount } from "../../program/shapes.js";
import type { Operation, OperationName } from "../../program/types.js";

/** Numbers of any dtype in float64, row-major. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** Computes one operation: its inputs' tensors, in order, to its outputs'. */
export type Kernel<Name extends OperationName> = (operation: Extract<Operation, { op: Name }>, ...inputs: Tensor[]) => Tensor | Tensor[];
export type Kernels<Name extends OperationName> = { readonly [K in Name]: Kernel<K> };

/** The entry at an index that must exist. */
export function at(values: Float64Array, index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`Index ${index} is outside ${values.length} numbers.`);
  return value;
}

export function addAt(values: Float64Array, index: number, amount: number): void {
  values[index] = at(values, index) + amount;
}

export const zeros = (shape: readonly number[]): Tensor => ({ shape, data: new Float64Array(elementCount(shape)) });

export const map = (x: Tensor, fn: (value: number, index: number) => number): Tensor => ({ shape: x.shape, data: x.data.map(fn) });

/** A tensor of two of the same shape. */
export const map2 = (a: Tensor, b: Tensor, fn: (a: number, b: number) => number): Tensor => map(a, (value, i) => fn(value, at(b.data, i)));

/** Step in the row-major numbers for each axis. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides: number[] = [];
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides.unshift(step);
    step *= axisSize(shape, axis);
  }
  return strides;
}

/** Calls back with the coordinates of every entry, in row-major order; the array is reused. */
export function forEachIndex(shape: readonly number[], visit: (coordinates: readonly number[], index: number) => void): void {
  const coordinates = shape.map(() => 0);
  const size = elementCount(shape);
  for (let index = 0; index < size; index++) {
    visit(coordinates, index);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = axisSize(coordinates, axis) + 1;
      coordinates[axis] = next === shape[axis] ? 0 : next;
      if (next !== shape[axis]) break;
    }
  }
}

/** [rows, length of the last axis]: many operations work on each row alone. */
export function rowsOf(x: Tensor): readonly [rows: number, length: number] {
  const length = axisSize(x.shape, x.shape.length - 1);
  return [x.data.length / length, length];
}
