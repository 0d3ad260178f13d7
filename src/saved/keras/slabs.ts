/** One range a dimension: [first, past the last]. */
export type Slab = [number, number][];

/** The rectangular parts of an array, in order, that together are `count` of its numbers from `offset` on in row-major order. */
export function slabsOf(shape: readonly number[], offset: number, count: number): Slab[] {
  const [size, ...inner] = shape;
  if (count <= 0) return [];
  if (size === undefined) return [[]];
  const row = inner.reduce((product, length) => product * length, 1);
  const end = offset + count;
  const first = Math.ceil(offset / row);
  const last = Math.floor(end / row);
  // All within one row, or the end of one, whole ones, and the beginning of another.
  if (last < first) return within(last, inner, offset - last * row, count);
  const whole: Slab[] = last > first ? [[[first, last], ...inner.map((length): [number, number] => [0, length])]] : [];
  const before = first * row - offset;
  return [...within(first - 1, inner, row - before, before), ...whole, ...within(last, inner, 0, end - last * row)];
}

/** Parts of one row. */
function within(index: number, inner: readonly number[], offset: number, count: number): Slab[] {
  return slabsOf(inner, offset, count).map((slab): Slab => [[index, index + 1], ...slab]);
}
