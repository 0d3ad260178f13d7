import type { Outline } from "./outlines.js";

/** Samples to a pixel on each axis: four, so that a pixel's part of a row of samples is four bits, and eight pixels are a word. */
const SAMPLES = 4;
const BITS = 32;

/** How many of four bits are set. */
const SET_BITS = Uint8Array.of(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);

/** x' = a x + b y + e, y' = c x + d y + f; from outline units to pixels. */
export interface Placement {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/** Fills outlines into square pictures, antialiased by 4x4 samples a pixel. Keeps its buffers, so one is made and used many times. */
export class Rasterizer {
  readonly #side: number;
  readonly #words: number;
  /** A bit for each sample, rows of `#words` words, lowest bit leftmost. */
  readonly #mask: Uint32Array;
  /** For each row of samples, where edges cross it: position and direction interleaved. */
  readonly #crossings: number[][];

  /** @param size height and width in pixels */
  constructor(readonly size: number) {
    this.#side = size * SAMPLES;
    this.#words = Math.ceil(this.#side / BITS);
    this.#mask = new Uint32Array(this.#side * this.#words);
    this.#crossings = Array.from({ length: this.#side }, () => []);
  }

  /**
   * Coverage of each pixel, 0 to 1, row-major into `out`.
   * @param weight pixels by which strokes grow outwards on every side
   */
  fill(outline: Outline, placement: Placement, weight: number, out: Float32Array): void {
    this.#findCrossings(outline, placement);
    this.#mask.fill(0);
    for (let row = 0; row < this.#side; row++) {
      const spans = this.#findSpans(row);
      for (let i = 0; i < spans.length; i += 2) this.#markDisc(row, spans[i] ?? 0, spans[i + 1] ?? 0, weight * SAMPLES);
    }
    this.#average(out);
  }

  #findCrossings(outline: Outline, { a, b, c, d, e, f }: Placement): void {
    for (const row of this.#crossings) row.length = 0;
    for (const polygon of outline) {
      const last = polygon.length - 2;
      let x0 = polygon[last] ?? 0;
      let y0 = polygon[last + 1] ?? 0;
      for (let i = 0; i <= last; i += 2) {
        const x1 = polygon[i] ?? 0;
        const y1 = polygon[i + 1] ?? 0;
        this.#cross(a * x0 + b * y0 + e, c * x0 + d * y0 + f, a * x1 + b * y1 + e, c * x1 + d * y1 + f);
        x0 = x1;
        y0 = y1;
      }
    }
  }

  /** Enters one edge, in pixels, into the rows of samples whose middles it crosses. */
  #cross(x0: number, y0: number, x1: number, y1: number): void {
    const direction = y0 < y1 ? 1 : -1;
    const top = Math.min(y0, y1) * SAMPLES - 0.5;
    const bottom = Math.max(y0, y1) * SAMPLES - 0.5;
    const slope = (x1 - x0) / (y1 - y0);
    for (let row = Math.max(0, Math.ceil(top)); row < bottom && row < this.#side; row++) {
      this.#crossings[row]?.push((x0 + slope * ((row + 0.5) / SAMPLES - y0)) * SAMPLES, direction);
    }
  }

  /** Spans of a row where the winding number is not zero: start and end (exclusive) interleaved. */
  #findSpans(row: number): number[] {
    const crossings = this.#crossings[row] ?? [];
    const spans: number[] = [];
    sortPairs(crossings);
    let winding = 0;
    for (let i = 0; i < crossings.length; i += 2) {
      const before = winding;
      winding += crossings[i + 1] ?? 0;
      if (before === 0 || winding === 0) spans.push(Math.round(crossings[i] ?? 0));
    }
    return spans;
  }

  /** Marks a span widened by a disc of `radius` samples. */
  #markDisc(row: number, start: number, end: number, radius: number): void {
    if (start >= end) return;
    const reach = Math.floor(radius);
    for (let y = Math.max(0, row - reach); y <= row + reach && y < this.#side; y++) {
      const wide = Math.round(Math.sqrt(radius * radius - (y - row) ** 2));
      this.#markSpan(y, Math.max(0, start - wide), Math.min(this.#side, end + wide));
    }
  }

  #markSpan(row: number, start: number, end: number): void {
    for (let x = start; x < end; x += BITS - (x % BITS)) {
      const word = row * this.#words + Math.floor(x / BITS);
      const length = Math.min(BITS - (x % BITS), end - x);
      const bits = length === BITS ? -1 : ((1 << length) - 1) << (x % BITS);
      this.#mask[word] = (this.#mask[word] ?? 0) | bits;
    }
  }

  #average(out: Float32Array): void {
    out.fill(0);
    for (let row = 0; row < this.#side; row++) {
      const first = Math.floor(row / SAMPLES) * this.size;
      for (let word = 0; word < this.#words; word++) {
        const bits = this.#mask[row * this.#words + word] ?? 0;
        if (bits === 0) continue;
        for (let pixel = 0; pixel < BITS / SAMPLES; pixel++) {
          const at = first + word * (BITS / SAMPLES) + pixel;
          out[at] = (out[at] ?? 0) + (SET_BITS[(bits >>> (pixel * SAMPLES)) & 15] ?? 0) / SAMPLES ** 2;
        }
      }
    }
  }
}

/** Sorts [position, direction, position, ...] by position, in place; there are few. */
function sortPairs(pairs: number[]): void {
  for (let i = 2; i < pairs.length; i += 2) {
    const position = pairs[i] ?? 0;
    const direction = pairs[i + 1] ?? 0;
    let j = i - 2;
    for (; j >= 0 && (pairs[j] ?? 0) > position; j -= 2) {
      pairs[j + 2] = pairs[j] ?? 0;
      pairs[j + 3] = pairs[j + 1] ?? 0;
    }
    pairs[j + 2] = position;
    pairs[j + 3] = direction;
  }
}
