// Where numbers of a row-major tensor are.

export function stridesOf(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = (strides[axis + 1] ?? 1) * (shape[axis + 1] ?? 1);
  return strides;
}

/** Where the index-th place along some axes is, counted row by row of the last of them. */
export function placeOf(index: number, axes: readonly number[], shape: readonly number[], strides: readonly number[]): number {
  let left = index;
  let place = 0;
  for (let i = axes.length - 1; i >= 0; i--) {
    const axis = axes[i] ?? 0;
    const size = shape[axis] ?? 1;
    place += (left % size) * (strides[axis] ?? 0);
    left = Math.floor(left / size);
  }
  return place;
}

/** How a variable's numbers came from a framework's tensor: with these sizes instead of its own, then with its axes in another order. */
export interface Reordering {
  readonly shape?: readonly number[];
  readonly permutation?: readonly number[];
}

/** A variable's numbers in the order of the framework's tensor of this shape that it stands for. */
export function inFrameworkOrder(
  values: Float32Array,
  shape: readonly number[],
  { permutation, shape: sizes = shape }: Reordering,
): Float32Array {
  if (!permutation) return values;
  const strides = stridesOf(sizes);
  const result = new Float32Array(values.length);
  values.forEach((value, i) => {
    result[placeOf(i, permutation, sizes, strides)] = value;
  });
  return result;
}
