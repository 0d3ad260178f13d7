import { elementCount } from "./tensors.js";

/** The numbers of a view of `data` in row-major order: entry [i, j, ...] is `data[i * strides[0] + j * strides[1] + ...]`. */
export function rowMajor(data: Float32Array, shape: readonly number[], strides: readonly number[]): Float32Array {
  const last = shape.length - 1;
  const [length, step] = [shape[last] ?? 1, strides[last] ?? 1];
  const place = shape.map(() => 0);
  const result = new Float32Array(elementCount(shape));
  for (let to = 0, from = 0; to < result.length; ) {
    for (let i = 0; i < length; i++) result[to++] = data[from + i * step] ?? 0;
    for (let axis = last - 1; axis >= 0; axis--) {
      const next = (place[axis] ?? 0) + 1;
      from += strides[axis] ?? 0;
      if (next < (shape[axis] ?? 0)) {
        place[axis] = next;
        break;
      }
      from -= next * (strides[axis] ?? 0);
      place[axis] = 0;
    }
  }
  return result;
}
