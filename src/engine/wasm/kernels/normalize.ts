// Batch normalization over rows of channels (Ioffe and Szegedy, 2015). Mean and variance in two passes, as subtracting squares cancels.
import { loadLanes, step, storeLanes } from "./lanes";
import { sumRows } from "./reduce";

const BLOCK: usize = 128;

/** Population mean and variance of each channel. */
export function moments(x: usize, rows: usize, channels: usize, mean: usize, variance: usize): void {
  const scale: f32 = 1 / <f32>rows;
  const stride = channels << 2;
  sumRows(x, rows, channels, scale, mean);
  memory.fill(variance, 0, stride);
  for (let start: usize = 0; start < rows; start += BLOCK) {
    const end = x + min(BLOCK, rows - start) * stride;
    for (let channel: usize = 0, lanes: usize = 0; channel < channels; channel += lanes) {
      const at = channel << 2;
      if (channels - channel >= 8) {
        lanes = 8;
        const m0 = v128.load(mean + at);
        const m1 = v128.load(mean + at, 16);
        let s0 = f32x4.splat(0);
        let s1 = s0;
        for (let p = x + at; p < end; p += stride) {
          const d0 = f32x4.sub(v128.load(p), m0);
          const d1 = f32x4.sub(v128.load(p, 16), m1);
          s0 = f32x4.add(s0, f32x4.mul(d0, d0));
          s1 = f32x4.add(s1, f32x4.mul(d1, d1));
        }
        const to = variance + at;
        v128.store(to, f32x4.add(v128.load(to), s0));
        v128.store(to, f32x4.add(v128.load(to, 16), s1), 16);
      } else {
        lanes = step(channels - channel);
        const m = loadLanes(mean + at, lanes);
        let s = f32x4.splat(0);
        for (let p = x + at; p < end; p += stride) {
          const d = f32x4.sub(loadLanes(p, lanes), m);
          s = f32x4.add(s, f32x4.mul(d, d));
        }
        storeLanes(variance + at, f32x4.add(loadLanes(variance + at, lanes), s), lanes);
      }
    }
    x = end;
  }
  for (const end = variance + stride; variance < end; variance += 4) store<f32>(variance, load<f32>(variance) * scale);
}

/** y = max((x - mean) * gamma / sqrt(variance + epsilon) + beta, floor); `scales` is room for a number a channel. */
export function normalize(
  x: usize,
  rows: usize,
  channels: usize,
  gamma: usize,
  beta: usize,
  mean: usize,
  variance: usize,
  epsilon: f32,
  floor: f32,
  scales: usize,
  y: usize,
): void {
  const stride = channels << 2;
  const least = f32x4.splat(floor);
  for (let at: usize = 0; at < stride; at += 4)
    store<f32>(scales + at, load<f32>(gamma + at) / sqrt<f32>(load<f32>(variance + at) + epsilon));
  for (let row: usize = 0; row < rows; row++) {
    for (let at: usize = 0, lanes: usize = 0; at < stride; at += lanes << 2, x += lanes << 2, y += lanes << 2) {
      lanes = step((stride - at) >> 2);
      const centred = f32x4.sub(loadLanes(x, lanes), loadLanes(mean + at, lanes));
      const scaled = f32x4.add(f32x4.mul(centred, loadLanes(scales + at, lanes)), loadLanes(beta + at, lanes));
      storeLanes(y, f32x4.max(scaled, least), lanes);
    }
  }
}

/** dbeta = sum of dy, and dgamma = sum of dy * (x - mean) / sqrt(variance + epsilon), of each channel. */
function parameterGradients(
  dy: usize,
  x: usize,
  rows: usize,
  channels: usize,
  mean: usize,
  variance: usize,
  epsilon: f32,
  dgamma: usize,
  dbeta: usize,
): void {
  const stride = channels << 2;
  memory.fill(dgamma, 0, stride);
  memory.fill(dbeta, 0, stride);
  for (let start: usize = 0; start < rows; start += BLOCK) {
    const bytes = min(BLOCK, rows - start) * stride;
    for (let channel: usize = 0, lanes: usize = 0; channel < channels; channel += lanes) {
      lanes = step(channels - channel);
      const at = channel << 2;
      const m = loadLanes(mean + at, lanes);
      let sum = f32x4.splat(0);
      let product = sum;
      for (let i = at; i < bytes; i += stride) {
        const d = loadLanes(dy + i, lanes);
        sum = f32x4.add(sum, d);
        product = f32x4.add(product, f32x4.mul(d, f32x4.sub(loadLanes(x + i, lanes), m)));
      }
      storeLanes(dbeta + at, f32x4.add(loadLanes(dbeta + at, lanes), sum), lanes);
      storeLanes(dgamma + at, f32x4.add(loadLanes(dgamma + at, lanes), product), lanes);
    }
    dy += bytes;
    x += bytes;
  }
  for (let at: usize = 0; at < stride; at += 4)
    store<f32>(dgamma + at, load<f32>(dgamma + at) / sqrt<f32>(load<f32>(variance + at) + epsilon));
}

/**
 * dx = gamma / s * (dy - dbeta / n - (x - mean) / s * dgamma / n) with s = sqrt(variance + epsilon), as scale * dy + slope * (x - mean) + offset:
 * `coefficients` is room for those three numbers of each channel.
 */
export function normalizeGradient(
  dy: usize,
  x: usize,
  rows: usize,
  channels: usize,
  gamma: usize,
  mean: usize,
  variance: usize,
  epsilon: f32,
  coefficients: usize,
  dx: usize,
  dgamma: usize,
  dbeta: usize,
): void {
  parameterGradients(dy, x, rows, channels, mean, variance, epsilon, dgamma, dbeta);
  const stride = channels << 2;
  const slopes = coefficients + stride;
  const offsets = slopes + stride;
  for (let at: usize = 0; at < stride; at += 4) {
    const deviation = sqrt<f32>(load<f32>(variance + at) + epsilon);
    const scale = load<f32>(gamma + at) / deviation;
    store<f32>(coefficients + at, scale);
    store<f32>(slopes + at, (-scale * load<f32>(dgamma + at)) / deviation / <f32>rows);
    store<f32>(offsets + at, (-scale * load<f32>(dbeta + at)) / <f32>rows);
  }
  for (let row: usize = 0; row < rows; row++) {
    for (let at: usize = 0, lanes: usize = 0; at < stride; at += lanes << 2, x += lanes << 2, dy += lanes << 2, dx += lanes << 2) {
      lanes = step((stride - at) >> 2);
      const centred = f32x4.sub(loadLanes(x, lanes), loadLanes(mean + at, lanes));
      const scaled = f32x4.add(f32x4.mul(loadLanes(dy, lanes), loadLanes(coefficients + at, lanes)), loadLanes(offsets + at, lanes));
      storeLanes(dx, f32x4.add(scaled, f32x4.mul(centred, loadLanes(slopes + at, lanes))), lanes);
    }
  }
}
