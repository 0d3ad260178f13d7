import { createHash } from "node:crypto";
import path from "node:path";
import type { Dataset, LoadOptions } from "../dataset.js";
import { cachedSplits } from "../splitsCache.js";
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
  const sizes = { train: classes.length * TRAIN_PICTURES, test: classes.length * TEST_PICTURES, picture: GLYPH_SIZE * GLYPH_SIZE };
  const splits = await cachedSplits(file, sizes, () => generateGlyphs(parseOutlines(text), options), options);
  return { name: "glyphs", shape: [GLYPH_SIZE, GLYPH_SIZE, 1], classes, ...splits };
}
