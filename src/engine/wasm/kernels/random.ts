// Philox 4x32-10, bit for bit what src/base/philox.ts makes.

function float(word: u32): f32 {
  return <f32>(word & 0x7fffff) * (1 / <f32>0x800000);
}

/** Uniform numbers in [0, 1); `counter` holds the low and high word of the step. */
export function randomUniform(y: usize, count: usize, seed: u32, stream: u32, counter: usize): void {
  const low = load<u32>(counter);
  const high = load<u32>(counter, 4);
  for (let start: usize = 0; start < count; start += 4, y += 16) {
    let c0 = <u32>(start >> 2);
    let c1: u32 = 0;
    let c2 = low;
    let c3 = high;
    let k0 = seed;
    let k1 = stream;
    for (let round = 0; round < 10; round++) {
      const p0 = <u64>0xd2511f53 * <u64>c0;
      const p1 = <u64>0xcd9e8d57 * <u64>c2;
      c0 = <u32>(p1 >> 32) ^ c1 ^ k0;
      c1 = <u32>p1;
      c2 = <u32>(p0 >> 32) ^ c3 ^ k1;
      c3 = <u32>p0;
      k0 += 0x9e3779b9;
      k1 += 0xbb67ae85;
    }
    store<f32>(y, float(c0));
    if (start + 1 < count) store<f32>(y, float(c1), 4);
    if (start + 2 < count) store<f32>(y, float(c2), 8);
    if (start + 3 < count) store<f32>(y, float(c3), 12);
  }
}
