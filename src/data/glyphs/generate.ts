import { setImmediate } from "node:timers/promises";
import { Random } from "../../base/random.js";
import type { LoadOptions, Split } from "../dataset.js";
import { drawGlyph } from "./draw.js";
import type { GlyphFont, GlyphOutlines } from "./outlines.js";
import { Rasterizer } from "./raster.js";

export const GLYPH_SIZE = 28;
/** Pictures of each character. */
export const TRAIN_PICTURES = 400;
export const TEST_PICTURES = 60;

const SEED = 1;
const TRAIN_STREAM = 0xda7a_0003;
const TEST_STREAM = 0xda7a_0004;

type Watch = Pick<LoadOptions, "onProgress" | "signal">;

/** Draws both splits: the same numbers for the same outlines, on any machine. Lets other work run between characters. */
export async function generateGlyphs(outlines: GlyphOutlines, watch: Watch): Promise<{ train: Split; test: Split }> {
  const train = await drawSplit(outlines, outlines.train, TRAIN_PICTURES, TRAIN_STREAM, watch);
  const test = await drawSplit(outlines, outlines.test, TEST_PICTURES, TEST_STREAM, { ...(watch.signal && { signal: watch.signal }) });
  return { train, test };
}

/** Each character takes its turn with each font. */
async function drawSplit(
  { characters, capHeight }: GlyphOutlines,
  fonts: readonly GlyphFont[],
  pictures: number,
  stream: number,
  { onProgress, signal }: Watch,
): Promise<Split> {
  const count = characters.length * pictures;
  const size = GLYPH_SIZE * GLYPH_SIZE;
  const images = new Uint8Array(count * size);
  const labels = new Int32Array(count);
  const raster = new Rasterizer(GLYPH_SIZE);
  for (let picture = 0; picture < pictures; picture++) {
    if (picture % 8 === 0) {
      await setImmediate();
      signal?.throwIfAborted();
      onProgress?.({ message: "Drawing glyphs", fraction: picture / pictures });
    }
    for (let label = 0; label < characters.length; label++) {
      const index = picture * characters.length + label;
      const outline = fonts[picture % fonts.length]?.glyphs[label] ?? [];
      const random = new Random({ seed: SEED, stream, step: [index, 0] });
      drawGlyph(outline, capHeight, raster, random, images.subarray(index * size, (index + 1) * size));
      labels[index] = label;
    }
  }
  return { count, images, labels };
}
