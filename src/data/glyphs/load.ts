import { createHash } from "node:crypto";
import path from "node:path";
import type { Dataset, LoadOptions } from "../dataset.js";
import { hashSplits } from "../hash.js";
import { type CachedSplits, readSplits, writeSplits } from "./cache.js";
import { GLYPH_SIZE, generateGlyphs, TEST_PICTURES, TRAIN_PICTURES } from "./generate.js";
import { OUTLINES_FILE, parseOutlines, readOutlinesText } from "./outlines.js";

/** Raised whenever drawing changes, so that pictures drawn the old way are drawn anew. */
const DRAWING_VERSION = 1;

/** The drawn set: 36 classes, 14,400 pictures for training and 2,160 in fonts never trained on. From the cache, or drawn in seconds. */
export async function loadGlyphs(options: LoadOptions, outlinesFile: string = OUTLINES_FILE): Promise<Dataset> {
  const text = await readOutlinesText(outlinesFile);
  const key = createHash("sha256").update(`${DRAWING_VERSION}\n${text}`).digest("hex").slice(0, 16);
  const file = path.join(options.cacheDirectory, "glyphs", `${key}.bin`);
  const classes = [...(JSON.parse(text) as { characters: string }).characters];
  const counts = { train: classes.length * TRAIN_PICTURES, test: classes.length * TEST_PICTURES };
  const splits = (await readSplits(file, counts, GLYPH_SIZE * GLYPH_SIZE)) ?? (await drawAndKeep(text, file, options));
  return { name: "glyphs", shape: [GLYPH_SIZE, GLYPH_SIZE, 1], classes, hash: hashSplits(splits), ...splits };
}

/** Draws; a cache that cannot be written costs only the time of drawing again, and is told as progress. */
async function drawAndKeep(text: string, file: string, options: LoadOptions): Promise<CachedSplits> {
  const splits = await generateGlyphs(parseOutlines(text), options);
  try {
    await writeSplits(file, splits);
  } catch (error) {
    options.onProgress?.({ message: `Glyphs are not kept for next time: ${error instanceof Error ? error.message : String(error)}` });
  }
  return splits;
}
