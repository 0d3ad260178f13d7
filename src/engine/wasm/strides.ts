/** How several tensors are walked over together: an axis' size and each tensor's stride in bytes; 0 repeats. */
export interface Axis {
  readonly size: number;
  readonly strides: readonly number[];
}

/** Strides of a contiguous tensor. */
export function stridesOf(shape: readonly number[], width: number): number[] {
  const strides: number[] = [];
  let stride = width;
  for (const size of [...shape].reverse()) {
    strides.unshift(stride);
    stride *= size;
  }
  return strides;
}

/** Strides with which a tensor of shape `from` is read as one of shape `to`. */
export function broadcastStrides(from: readonly number[], to: readonly number[], width: number): number[] {
  const own = stridesOf(from, width);
  const missing = to.length - from.length;
  return to.map((_, axis) => (axis < missing || from[axis - missing] === 1 ? 0 : (own[axis - missing] ?? 0)));
}

/** Fewest axes for the same walk: axes of one entry go, and neighbours that are stepped through evenly become one. */
export function mergeAxes(shape: readonly number[], strides: readonly (readonly number[])[]): Axis[] {
  const merged: Axis[] = [];
  shape.forEach((size, axis) => {
    const own = strides.map((tensor) => tensor[axis] ?? 0);
    const outer = merged.at(-1);
    if (size === 1) return;
    if (outer?.strides.every((stride, i) => stride === (own[i] ?? 0) * size))
      merged[merged.length - 1] = { size: outer.size * size, strides: own };
    else merged.push({ size, strides: own });
  });
  return merged.length > 0 ? merged : [{ size: 1, strides: strides.map(() => 0) }];
}

/** As the kernels read it: size and strides of each axis, outermost first. */
export const geometryOf = (axes: readonly Axis[]): number[] => axes.flatMap(({ size, strides }) => [size, ...strides]);
