// Functions of each number by itself. The order of the cases is that of the lists in ../elementwise.ts.
import { loadLanes, step, storeLanes } from "./lanes";
import { erf, exp, expm1, log, sigmoid, softplus, tanh } from "./math";

function mask(condition: v128): v128 {
  return v128.and(condition, f32x4.splat(1));
}

function unaryOf(fn: i32, x: v128): v128 {
  const zero = f32x4.splat(0);
  switch (fn) {
    case 0:
      return f32x4.neg(x);
    case 1:
      return exp(x);
    case 2:
      return log(x);
    case 3:
      return f32x4.sqrt(x);
    case 4:
      return f32x4.mul(x, x);
    case 5:
      return f32x4.abs(x);
    case 6:
      return f32x4.sub(mask(f32x4.gt(x, zero)), mask(f32x4.lt(x, zero)));
    case 7:
      return f32x4.div(f32x4.splat(1), x);
    case 8:
      return f32x4.max(x, zero);
    case 9:
      return v128.bitselect(x, expm1(f32x4.min(x, zero)), f32x4.gt(x, zero));
    case 10:
      return sigmoid(x);
    case 11:
      return tanh(x);
    case 12:
      return softplus(x);
    default:
      return erf(x);
  }
}

export function unary(fn: i32, x: usize, y: usize, count: usize): void {
  for (const end = x + (count << 2); x < end; ) {
    const lanes = step((end - x) >> 2);
    storeLanes(y, unaryOf(fn, loadLanes(x, lanes)), lanes);
    x += lanes << 2;
    y += lanes << 2;
  }
}

/** dy times the derivative, by the output y: relu, elu, sigmoid, tanh. */
function derivativeOf(fn: i32, dy: v128, y: v128): v128 {
  const one = f32x4.splat(1);
  const positive = f32x4.gt(y, f32x4.splat(0));
  switch (fn) {
    case 0:
      return v128.and(dy, positive);
    case 1:
      return f32x4.mul(dy, v128.bitselect(one, f32x4.add(y, one), positive));
    case 2:
      return f32x4.mul(dy, f32x4.mul(y, f32x4.sub(one, y)));
    default:
      return f32x4.mul(dy, f32x4.sub(one, f32x4.mul(y, y)));
  }
}

export function unaryGradient(fn: i32, dy: usize, y: usize, dx: usize, count: usize): void {
  for (const end = dy + (count << 2); dy < end; ) {
    const lanes = step((end - dy) >> 2);
    storeLanes(dx, derivativeOf(fn, loadLanes(dy, lanes), loadLanes(y, lanes)), lanes);
    dy += lanes << 2;
    y += lanes << 2;
    dx += lanes << 2;
  }
}

/** scale times (x > 0 ? 1 : alpha): leaky relu of x where scale is x, its gradient where scale is dy. */
export function leaky(scale: usize, x: usize, y: usize, count: usize, alpha: f32): void {
  const slope = f32x4.splat(alpha);
  const zero = f32x4.splat(0);
  for (const end = x + (count << 2); x < end; ) {
    const lanes = step((end - x) >> 2);
    const by = loadLanes(scale, lanes);
    storeLanes(y, v128.bitselect(by, f32x4.mul(by, slope), f32x4.gt(loadLanes(x, lanes), zero)), lanes);
    scale += lanes << 2;
    x += lanes << 2;
    y += lanes << 2;
  }
}

function binaryOf(fn: i32, a: v128, b: v128): v128 {
  switch (fn) {
    case 0:
      return f32x4.add(a, b);
    case 1:
      return f32x4.sub(a, b);
    case 2:
      return f32x4.mul(a, b);
    case 3:
      return f32x4.div(a, b);
    case 4:
      return f32x4.max(a, b);
    case 5:
      return f32x4.min(a, b);
    case 6:
      return mask(f32x4.eq(a, b));
    case 7:
      return mask(f32x4.gt(a, b));
    // The same on whole numbers, without division.
    case 8:
      return i32x4.add(a, b);
    case 9:
      return i32x4.sub(a, b);
    case 10:
      return i32x4.mul(a, b);
    case 12:
      return i32x4.max_s(a, b);
    case 13:
      return i32x4.min_s(a, b);
    case 14:
      return mask(i32x4.eq(a, b));
    default:
      return mask(i32x4.gt_s(a, b));
  }
}

function binaryRow(fn: i32, a: usize, stepA: usize, b: usize, stepB: usize, y: usize, count: usize): void {
  const repeatedA = v128.load32_splat(a);
  const repeatedB = v128.load32_splat(b);
  for (const end = y + (count << 2); y < end; ) {
    const lanes = step((end - y) >> 2);
    storeLanes(y, binaryOf(fn, stepA === 0 ? repeatedA : loadLanes(a, lanes), stepB === 0 ? repeatedB : loadLanes(b, lanes)), lanes);
    a += lanes * stepA;
    b += lanes * stepB;
    y += lanes << 2;
  }
}

/**
 * With broadcasting: `geometry` holds for each axis, outermost first, its size and the strides of a and b in bytes, 0 where they are
 * repeated. y is contiguous. Answers the end of what was written.
 */
export function binary(fn: i32, a: usize, b: usize, y: usize, geometry: usize, axes: usize): usize {
  const size: usize = load<u32>(geometry);
  const strideA: usize = load<u32>(geometry, 4);
  const strideB: usize = load<u32>(geometry, 8);
  if (axes === 1) {
    binaryRow(fn, a, strideA, b, strideB, y, size);
    return y + (size << 2);
  }
  for (let i: usize = 0; i < size; i++, a += strideA, b += strideB) y = binary(fn, a, b, y, geometry + 12, axes - 1);
  return y;
}
