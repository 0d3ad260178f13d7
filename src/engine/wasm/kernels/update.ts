// What optimizers do to variables, in place; src/program/types.ts has the formulas. Rates are read from memory: they are values of the program.
import { loadLanes, step, storeLanes } from "./lanes";

export function sgd(w: usize, gradient: usize, count: usize, rate: usize): void {
  const by = v128.load32_splat(rate);
  for (const end = w + (count << 2); w < end; ) {
    const lanes = step((end - w) >> 2);
    storeLanes(w, f32x4.sub(loadLanes(w, lanes), f32x4.mul(by, loadLanes(gradient, lanes))), lanes);
    w += lanes << 2;
    gradient += lanes << 2;
  }
}

export function momentum(w: usize, accumulator: usize, gradient: usize, count: usize, rate: usize, keep: f32, nesterov: bool): void {
  const by = v128.load32_splat(rate);
  const kept = f32x4.splat(keep);
  for (const end = w + (count << 2); w < end; ) {
    const lanes = step((end - w) >> 2);
    const g = loadLanes(gradient, lanes);
    const a = f32x4.add(f32x4.mul(kept, loadLanes(accumulator, lanes)), g);
    storeLanes(accumulator, a, lanes);
    const way = nesterov ? f32x4.add(g, f32x4.mul(kept, a)) : a;
    storeLanes(w, f32x4.sub(loadLanes(w, lanes), f32x4.mul(by, way)), lanes);
    w += lanes << 2;
    accumulator += lanes << 2;
    gradient += lanes << 2;
  }
}

/** `beta1` and `beta2` come as 1 - beta, rounded once; `decay` is 0 where there is none. */
export function adam(
  w: usize,
  mean: usize,
  square: usize,
  gradient: usize,
  count: usize,
  correctedRate: usize,
  decay: usize,
  oneLessBeta1: f32,
  oneLessBeta2: f32,
  epsilon: f32,
): void {
  const by = v128.load32_splat(correctedRate);
  const shrink = f32x4.splat(decay === 0 ? 1 : 1 - load<f32>(decay));
  const new1 = f32x4.splat(oneLessBeta1);
  const new2 = f32x4.splat(oneLessBeta2);
  const small = f32x4.splat(epsilon);
  for (const end = w + (count << 2); w < end; ) {
    const lanes = step((end - w) >> 2);
    const g = loadLanes(gradient, lanes);
    let m = loadLanes(mean, lanes);
    let v = loadLanes(square, lanes);
    m = f32x4.add(m, f32x4.mul(new1, f32x4.sub(g, m)));
    v = f32x4.add(v, f32x4.mul(new2, f32x4.sub(f32x4.mul(g, g), v)));
    storeLanes(mean, m, lanes);
    storeLanes(square, v, lanes);
    const change = f32x4.div(f32x4.mul(by, m), f32x4.add(f32x4.sqrt(v), small));
    storeLanes(w, f32x4.sub(f32x4.mul(loadLanes(w, lanes), shrink), change), lanes);
    w += lanes << 2;
    mean += lanes << 2;
    square += lanes << 2;
    gradient += lanes << 2;
  }
}

export function rmsprop(
  w: usize,
  square: usize,
  accumulator: usize,
  gradient: usize,
  count: usize,
  rate: usize,
  rho: f32,
  oneLessRho: f32,
  keep: f32,
  epsilon: f32,
): void {
  const by = v128.load32_splat(rate);
  const old = f32x4.splat(rho);
  const recent = f32x4.splat(oneLessRho);
  const kept = f32x4.splat(keep);
  const small = f32x4.splat(epsilon);
  for (const end = w + (count << 2); w < end; ) {
    const lanes = step((end - w) >> 2);
    const g = loadLanes(gradient, lanes);
    const s = f32x4.add(f32x4.mul(old, loadLanes(square, lanes)), f32x4.mul(recent, f32x4.mul(g, g)));
    const a = f32x4.add(f32x4.mul(kept, loadLanes(accumulator, lanes)), f32x4.div(f32x4.mul(by, g), f32x4.sqrt(f32x4.add(s, small))));
    storeLanes(square, s, lanes);
    storeLanes(accumulator, a, lanes);
    storeLanes(w, f32x4.sub(loadLanes(w, lanes), a), lanes);
    w += lanes << 2;
    square += lanes << 2;
    accumulator += lanes << 2;
    gradient += lanes << 2;
  }
}
