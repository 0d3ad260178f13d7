// Transcendental functions of four floats. Polynomials after Moshier's Cephes library (expf, logf, tanhf, erff): errors of a few units in
// the last place. WebAssembly's arithmetic is exactly defined, so the bits are the same on every machine.

function choose(mask: v128, yes: v128, no: v128): v128 {
  return v128.bitselect(yes, no, mask);
}

function multiplyAdd(a: v128, b: v128, c: f32): v128 {
  return f32x4.add(f32x4.mul(a, b), f32x4.splat(c));
}

export function exp(x: v128): v128 {
  const clamped = f32x4.max(f32x4.min(x, f32x4.splat(88.72283)), f32x4.splat(-87.33654));
  const n = f32x4.nearest(f32x4.mul(clamped, f32x4.splat(Mathf.LOG2E)));
  let r = f32x4.sub(clamped, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.1219444e-4)));
  let p = multiplyAdd(f32x4.splat(1.98756915e-4), r, 1.3981999507e-3);
  p = multiplyAdd(p, r, 8.3334519073e-3);
  p = multiplyAdd(p, r, 4.1665795894e-2);
  p = multiplyAdd(p, r, 1.6666665459e-1);
  p = multiplyAdd(p, r, 5.0000001201e-1);
  p = f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), f32x4.add(r, f32x4.splat(1)));
  // 2^n in two factors, as 2^128 is no float.
  const whole = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(whole, 1);
  p = f32x4.mul(p, i32x4.shl(i32x4.add(half, i32x4.splat(127)), 23));
  p = f32x4.mul(p, i32x4.shl(i32x4.add(i32x4.sub(whole, half), i32x4.splat(127)), 23));
  p = choose(f32x4.gt(x, f32x4.splat(88.72283)), f32x4.splat(Infinity), p);
  return choose(f32x4.lt(x, f32x4.splat(-87.33654)), f32x4.splat(0), p);
}

export function log(x: v128): v128 {
  // x = m * 2^e with m in [sqrt(1/2), sqrt(2)); numbers below the normal ones are scaled first.
  const small = f32x4.lt(x, f32x4.splat(1.17549435e-38));
  const scaled = choose(small, f32x4.mul(x, f32x4.splat(8388608)), x);
  let e = i32x4.sub(i32x4.shr_u(scaled, 23), choose(small, i32x4.splat(126 + 23), i32x4.splat(126)));
  let m = v128.or(v128.and(scaled, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000));
  const low = f32x4.lt(m, f32x4.splat(Mathf.SQRT1_2));
  e = i32x4.add(e, low);
  m = f32x4.sub(f32x4.add(m, v128.and(m, low)), f32x4.splat(1));
  const exponent = f32x4.convert_i32x4_s(e);
  const square = f32x4.mul(m, m);
  let p = multiplyAdd(f32x4.splat(7.0376836292e-2), m, -1.151461031e-1);
  p = multiplyAdd(p, m, 1.167699874e-1);
  p = multiplyAdd(p, m, -1.2420140846e-1);
  p = multiplyAdd(p, m, 1.4249322787e-1);
  p = multiplyAdd(p, m, -1.6668057665e-1);
  p = multiplyAdd(p, m, 2.0000714765e-1);
  p = multiplyAdd(p, m, -2.4999993993e-1);
  p = multiplyAdd(p, m, 3.3333331174e-1);
  p = f32x4.mul(f32x4.mul(p, m), square);
  p = f32x4.add(p, f32x4.mul(exponent, f32x4.splat(-2.1219444e-4)));
  p = f32x4.sub(p, f32x4.mul(square, f32x4.splat(0.5)));
  let result = f32x4.add(f32x4.add(m, p), f32x4.mul(exponent, f32x4.splat(0.693359375)));
  result = choose(f32x4.eq(x, f32x4.splat(Infinity)), x, result);
  result = choose(f32x4.eq(x, f32x4.splat(0)), f32x4.splat(-Infinity), result);
  return choose(v128.or(f32x4.lt(x, f32x4.splat(0)), f32x4.ne(x, x)), f32x4.splat(NaN), result);
}

export function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exp(f32x4.neg(x))));
}

export function tanh(x: v128): v128 {
  const one = f32x4.splat(1);
  const square = f32x4.mul(x, x);
  let p = multiplyAdd(f32x4.splat(-5.70498872745e-3), square, 2.06390887954e-2);
  p = multiplyAdd(p, square, -5.37397155531e-2);
  p = multiplyAdd(p, square, 1.33314422036e-1);
  p = multiplyAdd(p, square, -3.33332819422e-1);
  const near = f32x4.add(x, f32x4.mul(x, f32x4.mul(p, square)));
  const far = f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(exp(f32x4.mul(f32x4.abs(x), f32x4.splat(2))), one)));
  const signed = v128.or(far, v128.and(x, i32x4.splat(0x80000000)));
  return choose(f32x4.lt(f32x4.abs(x), f32x4.splat(0.625)), near, signed);
}

/** exp(x) - 1, for x up to 0: near 0 by x + tanh's trick, exp(x) - 1 = 2t / (1 - t) with t = tanh(x / 2). */
export function expm1(x: v128): v128 {
  const t = tanh(f32x4.mul(x, f32x4.splat(0.5)));
  const near = f32x4.div(f32x4.add(t, t), f32x4.sub(f32x4.splat(1), t));
  return choose(f32x4.gt(x, f32x4.splat(-1)), near, f32x4.sub(exp(x), f32x4.splat(1)));
}

/** log(1 + e^x), without overflow. */
export function softplus(x: v128): v128 {
  const e = exp(f32x4.neg(f32x4.abs(x)));
  // log(1 + e) loses the bits of a small e; its series has them.
  const series = f32x4.sub(e, f32x4.mul(f32x4.mul(e, e), f32x4.splat(0.5)));
  const logarithm = choose(f32x4.lt(e, f32x4.splat(1e-3)), series, log(f32x4.add(e, f32x4.splat(1))));
  return f32x4.add(f32x4.max(x, f32x4.splat(0)), logarithm);
}

export function erf(x: v128): v128 {
  const square = f32x4.mul(x, x);
  let p = multiplyAdd(f32x4.splat(7.853861353153693e-5), square, -8.010193625184903e-4);
  p = multiplyAdd(p, square, 5.188327685732524e-3);
  p = multiplyAdd(p, square, -2.685381193529856e-2);
  p = multiplyAdd(p, square, 1.128358514861418e-1);
  p = multiplyAdd(p, square, -3.7612625824233e-1);
  p = multiplyAdd(p, square, 1.12837916572671);
  const near = f32x4.mul(p, x);
  // Abramowitz and Stegun 7.1.26, within 1.5e-7.
  const size = f32x4.abs(x);
  const t = f32x4.div(f32x4.splat(1), multiplyAdd(size, f32x4.splat(0.3275911), 1));
  let q = multiplyAdd(f32x4.splat(1.061405429), t, -1.453152027);
  q = multiplyAdd(q, t, 1.421413741);
  q = multiplyAdd(q, t, -0.284496736);
  q = multiplyAdd(q, t, 0.254829592);
  const far = f32x4.sub(f32x4.splat(1), f32x4.mul(f32x4.mul(q, t), exp(f32x4.neg(square))));
  return choose(f32x4.lt(size, f32x4.splat(1)), near, v128.or(far, v128.and(x, i32x4.splat(0x80000000))));
}
