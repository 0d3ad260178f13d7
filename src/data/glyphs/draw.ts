import type { Random } from "../../base/random.js";
import type { Outline } from "./outlines.js";
import type { Placement, Rasterizer } from "./raster.js";

/** How far drawn glyphs stray from the font's. */
const ROTATION = 0.22;
const SHEAR = 0.2;
/** Height of the letter H in pixels, and how much either axis may differ from it. */
const HEIGHT = 18;
const STRETCH = 0.16;
/** Widest a glyph may get before it is narrowed, in pixels. */
const WIDEST = 22;
const SHIFT = 2;
/** Growth of strokes in pixels. They never shrink: thin fonts would lose them. */
const BOLDER = 0.6;
/** Standard deviation of the noise, of 255. */
const MOST_NOISE = 18;
/** Of the sum of two random bytes, which noise is made of: two pixels to a random word. */
const NOISE_DEVIATION = Math.sqrt((256 ** 2 - 1) / 6);
const FAINTEST = 170;

/** Draws one glyph as it might have been printed, scanned or written: bytes of a `size` x `size` picture into `out`. */
export function drawGlyph(outline: Outline, capHeight: number, raster: Rasterizer, random: Random, out: Uint8Array): void {
  const coverage = new Float32Array(out.length);
  raster.fill(outline, place(outline, capHeight, raster.size, random), between(random, 0, BOLDER), coverage);
  const brightness = between(random, FAINTEST, 255);
  const noise = between(random, 0, MOST_NOISE) / NOISE_DEVIATION;
  for (let i = 0; i < out.length; i += 2) {
    const word = random.word();
    out[i] = toByte((coverage[i] ?? 0) * brightness + noise * ((word & 255) + ((word >>> 8) & 255) - 255));
    out[i + 1] = toByte((coverage[i + 1] ?? 0) * brightness + noise * (((word >>> 16) & 255) + (word >>> 24) - 255));
  }
}

/** Random scale, shear, rotation and shift of an outline around the picture's middle. */
function place(outline: Outline, capHeight: number, size: number, random: Random): Placement {
  const box = bounds(outline);
  const scaleY = (HEIGHT / capHeight) * between(random, 1 - STRETCH, 1 + STRETCH);
  const scaleX = Math.min(scaleY * between(random, 1 - STRETCH, 1 + STRETCH), WIDEST / (box.right - box.left));
  const shear = between(random, -SHEAR, SHEAR);
  const angle = between(random, -ROTATION, ROTATION);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const a = cos * scaleX;
  const b = cos * shear * scaleY - sin * scaleY;
  const c = sin * scaleX;
  const d = sin * shear * scaleY + cos * scaleY;
  const x = (box.left + box.right) / 2;
  const y = (box.top + box.bottom) / 2;
  const middle = size / 2;
  const e = middle + between(random, -SHIFT, SHIFT) - a * x - b * y;
  const f = middle + between(random, -SHIFT, SHIFT) - c * x - d * y;
  return { a, b, c, d, e, f };
}

function bounds(outline: Outline): { left: number; right: number; top: number; bottom: number } {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const polygon of outline) {
    for (let i = 0; i < polygon.length; i += 2) {
      const x = polygon[i] ?? 0;
      const y = polygon[i + 1] ?? 0;
      if (x < box.left) box.left = x;
      if (x > box.right) box.right = x;
      if (y < box.top) box.top = y;
      if (y > box.bottom) box.bottom = y;
    }
  }
  return box;
}

const between = (random: Random, low: number, high: number) => low + (high - low) * random.uniform();

const toByte = (value: number) => Math.max(0, Math.min(255, Math.round(value)));
