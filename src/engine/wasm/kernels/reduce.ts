// Sums, means and maxima. Sums are made of partial sums of at most BLOCK numbers, so that rounding errors of long sums stay small.
import { loadLanes, step, storeLanes } from "./lanes";

const BLOCK: usize = 128;

function sumOf(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

/** y[j] = scale * sum of x[i, j] over i. */
export function sumRows(x: usize, rows: usize, columns: usize, scale: f32, y: usize): void {
  const stride = columns << 2;
  memory.fill(y, 0, stride);
  for (let start: usize = 0; start < rows; start += BLOCK) {
    const end = x + min(BLOCK, rows - start) * stride;
    for (let column: usize = 0, lanes: usize = 0; column < columns; column += lanes) {
      const at = column << 2;
      if (columns - column >= 16) {
        lanes = 16;
        let s0 = f32x4.splat(0);
        let s1 = s0;
        let s2 = s0;
        let s3 = s0;
        for (let p = x + at; p < end; p += stride) {
          s0 = f32x4.add(s0, v128.load(p));
          s1 = f32x4.add(s1, v128.load(p, 16));
          s2 = f32x4.add(s2, v128.load(p, 32));
          s3 = f32x4.add(s3, v128.load(p, 48));
        }
        const to = y + at;
        v128.store(to, f32x4.add(v128.load(to), s0));
        v128.store(to, f32x4.add(v128.load(to, 16), s1), 16);
        v128.store(to, f32x4.add(v128.load(to, 32), s2), 32);
        v128.store(to, f32x4.add(v128.load(to, 48), s3), 48);
      } else {
        lanes = step(columns - column);
        let sum = f32x4.splat(0);
        for (let p = x + at; p < end; p += stride) sum = f32x4.add(sum, loadLanes(p, lanes));
        storeLanes(y + at, f32x4.add(loadLanes(y + at, lanes), sum), lanes);
      }
    }
    x = end;
  }
  if (scale !== 1) for (let j: usize = 0; j < columns; j++) store<f32>(y + (j << 2), load<f32>(y + (j << 2)) * scale);
}

function sumContiguous(x: usize, count: usize): f32 {
  let total: f32 = 0;
  while (count > 0) {
    const part = min(BLOCK * 4, count);
    let sum = f32x4.splat(0);
    for (const end = x + (part << 2); x < end; ) {
      const lanes = step((end - x) >> 2);
      sum = f32x4.add(sum, loadLanes(x, lanes));
      x += lanes << 2;
    }
    total += sumOf(sum);
    count -= part;
  }
  return total;
}

/** y[o, i] = scale * sum of x[o, r, i] over r. */
export function sum(x: usize, outer: usize, reduced: usize, inner: usize, scale: f32, y: usize): void {
  for (let o: usize = 0; o < outer; o++, x += (reduced * inner) << 2, y += inner << 2) {
    if (inner === 1) store<f32>(y, sumContiguous(x, reduced) * scale);
    else sumRows(x, reduced, inner, scale, y);
  }
}

/** y[o, i] = the largest x[o, r, i] over r. */
export function maximum(x: usize, outer: usize, reduced: usize, inner: usize, y: usize): void {
  const stride = inner << 2;
  for (let o: usize = 0; o < outer; o++, x += reduced * stride) {
    for (let i: usize = 0, lanes: usize = 0; i < inner; i += lanes, y += lanes << 2) {
      lanes = step(inner - i);
      let p = x + (i << 2);
      let largest = loadLanes(p, lanes);
      for (let r: usize = 1; r < reduced; r++) {
        p += stride;
        largest = f32x4.max(largest, loadLanes(p, lanes));
      }
      storeLanes(y, largest, lanes);
    }
  }
}
