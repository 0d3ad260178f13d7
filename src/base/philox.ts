/**
 * Philox 4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011), the one source of random numbers: the same in
 * both engines (TensorFlow's StatelessRandom operations are Philox), and without state, so that a counter in a checkpoint resumes it.
 */
const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;

/** High and low halves of a 32x32-bit product. */
function multiplyHigh(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const low = aLow * bLow;
  const middle = aHigh * bLow + (low >>> 16);
  const carry = (middle & 0xffff) + aLow * bHigh;
  return (aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(carry / 65536)) >>> 0;
}

/** Four 32-bit words for a counter of four words and a key of two. Written into `out`. */
export function philox(counter: ArrayLike<number>, key0: number, key1: number, out: Uint32Array): void {
  let c0 = (counter[0] ?? 0) >>> 0;
  let c1 = (counter[1] ?? 0) >>> 0;
  let c2 = (counter[2] ?? 0) >>> 0;
  let c3 = (counter[3] ?? 0) >>> 0;
  let k0 = key0 >>> 0;
  let k1 = key1 >>> 0;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(M0, c0);
    const low0 = Math.imul(M0, c0) >>> 0;
    const high1 = multiplyHigh(M1, c2);
    const low1 = Math.imul(M1, c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0;
    k0 = (k0 + W0) >>> 0;
    k1 = (k1 + W1) >>> 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** Which numbers: `seed` and `stream` are the key, `step` chooses a run of up to 2^34 numbers. */
export interface RandomSource {
  readonly seed: number;
  readonly stream: number;
  /** [low, high] words. */
  readonly step: readonly [number, number];
}

/**
 * Fills `out` with uniform numbers in [0, 1) of 23 bits: number i is word i % 4 of the counter [i / 4, 0, step low, step high],
 * made a float as TensorFlow does (the low 23 bits as the mantissa of a number in [1, 2), less 1).
 */
export function fillUniform(out: Float32Array | Float64Array, source: RandomSource): void {
  const words = new Uint32Array(4);
  const counter = new Uint32Array([0, 0, source.step[0], source.step[1]]);
  for (let start = 0; start < out.length; start += 4) {
    counter[0] = start / 4;
    philox(counter, source.seed, source.stream, words);
    const end = Math.min(4, out.length - start);
    for (let i = 0; i < end; i++) out[start + i] = ((words[i] ?? 0) & 0x7fffff) / 0x800000;
  }
}
