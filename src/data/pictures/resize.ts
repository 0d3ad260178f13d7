/** Numbers in rows of pixels of `channels` numbers each. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Float32Array;
}

/** Stretches a raster to a size: bilinear where it grows, averaging all pixels it covers where it shrinks (a triangle filter). */
export function resize(raster: Raster, width: number, height: number): Raster {
  return resampleTurned(resampleTurned(raster, width), height);
}

/** Resamples the rows of a raster to `length` places, and turns it: rows become columns. */
function resampleTurned({ width, height, channels, data }: Raster, length: number): Raster {
  const out = new Float32Array(length * height * channels);
  for (let place = 0; place < length; place++) {
    const { first, weights } = filter(place, width, length);
    for (let row = 0; row < height; row++) {
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (const [i, weight] of weights.entries()) sum += weight * (data[(row * width + first + i) * channels + channel] ?? 0);
        out[(place * height + row) * channels + channel] = sum;
      }
    }
  }
  return { width: height, height: length, channels, data: out };
}

/** Which old places a new one is made of, with weights that add up to 1. */
function filter(place: number, from: number, to: number): { readonly first: number; readonly weights: readonly number[] } {
  const scale = from / to;
  const reach = Math.max(1, scale);
  const middle = (place + 0.5) * scale - 0.5;
  const first = Math.max(0, Math.ceil(middle - reach));
  const last = Math.min(from - 1, Math.floor(middle + reach));
  const raw = Array.from({ length: last - first + 1 }, (_, i) => Math.max(0, 1 - Math.abs(first + i - middle) / reach));
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  return { first, weights: raw.map((weight) => weight / total) };
}
