// Convolution of each channel by itself: four channels at a time. Rows are found through a table, as in multiply.ts; `taps` holds for each tap
// of the kernel two byte offsets: into the image and into the kernel, which has one number a channel for each tap.
import { loadLanes, step, storeLanes } from "./lanes";

/** c = max(the convolution plus the bias, if there is one, floor). */
export function depthwiseRows(
  a: usize,
  c: usize,
  table: usize,
  rows: usize,
  taps: usize,
  tapCount: usize,
  kernel: usize,
  channels: usize,
  bias: usize,
  floor: f32,
): void {
  const least = f32x4.splat(floor);
  const tapsEnd = taps + (tapCount << 3);
  for (const end = table + (rows << 3); table < end; table += 8) {
    const from = a + load<i32>(table);
    const to = c + load<i32>(table, 4);
    for (let channel: usize = 0, lanes: usize = 0; channel < channels; channel += lanes) {
      lanes = step(channels - channel);
      const at = channel << 2;
      let sum = bias === 0 ? f32x4.splat(0) : loadLanes(bias + at, lanes);
      for (let tap = taps; tap < tapsEnd; tap += 8)
        sum = f32x4.add(sum, f32x4.mul(loadLanes(from + at + load<i32>(tap), lanes), loadLanes(kernel + at + load<i32>(tap, 4), lanes)));
      storeLanes(to + at, f32x4.max(sum, least), lanes);
    }
  }
}

/** Adds to `kernel` what the rows `a` and the gradients `c` say about it. */
export function depthwiseKernelRows(
  a: usize,
  c: usize,
  table: usize,
  rows: usize,
  taps: usize,
  tapCount: usize,
  kernel: usize,
  channels: usize,
): void {
  const end = table + (rows << 3);
  for (const tapsEnd = taps + (tapCount << 3); taps < tapsEnd; taps += 8) {
    const from = a + load<i32>(taps);
    const out = kernel + load<i32>(taps, 4);
    for (let channel: usize = 0, lanes: usize = 0; channel < channels; channel += lanes) {
      lanes = step(channels - channel);
      const at = channel << 2;
      let sum = f32x4.splat(0);
      for (let row = table; row < end; row += 8)
        sum = f32x4.add(sum, f32x4.mul(loadLanes(from + at + load<i32>(row), lanes), loadLanes(c + at + load<i32>(row, 4), lanes)));
      storeLanes(out + at, f32x4.add(loadLanes(out + at, lanes), sum), lanes);
    }
  }
}
