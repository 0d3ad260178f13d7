import { describe, expect, it } from "vitest";
import { UserError } from "../../../src/base/userError.js";
import { readingToText } from "../../../src/cli/readingShapes.js";
import { notesOf } from "../../../src/reading/notes.js";
import { toCnnJson } from "../../../src/reading/toCnnJson.js";
import type { SourceReading } from "../../../src/reading/types.js";
import { layerHint, readingFacts, readLayerFacts } from "../../../src/reading/words.js";
import { HINT_PARTS } from "../../../src/shape/words.js";
import { readNotebookSource } from "../../../src/sources/readNotebook.js";
import { readSource } from "../../../src/sources/readSource.js";
import { bounded, dice, mutations } from "../../fixtures/fuzz.js";
import { packagedGrammars } from "../../fixtures/grammars.js";
import { mutate } from "./mutate.js";
import { isNotebook, samples } from "./samples.js";

const MUTATIONS = mutations(1000);
const SEED = 20251121;

const grammars = packagedGrammars();

describe("damaged sources", () => {
  it(`are read as far as they go, ${MUTATIONS} of them`, { timeout: 60_000 + 100 * MUTATIONS }, async () => {
    const roll = dice(SEED);
    const sound = samples();
    // Grammars are loaded once, as the editor does.
    for (const { file, text } of sound) await read(text, file);
    for (let i = 0; i < MUTATIONS; i++) {
      const { file, text } = sound[roll(sound.length)] ?? { file: "", text: "" };
      const damaged = mutate(text, roll);
      await bounded(`mutation ${i}, of ${file}:\n${damaged}`, () => read(damaged, file));
    }
  });
});

/** Reads all models of a file, and what the editor shows of them. */
async function read(text: string, file: string): Promise<void> {
  try {
    const source = isNotebook(file) ? (await readNotebookSource(text, file, grammars)).source : await readSource(text, file, grammars);
    if (source) show(source);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
}

/** All that commands and the editor say of a file's models. */
function show(source: SourceReading): void {
  const readings = source.targets.map(({ expression }) => source.read(expression));
  const words = readings.flatMap((reading) => [...readingFacts(reading), readingToText(reading, () => 1)]);
  for (const { layers } of notesOf(source.text, readings)) {
    for (const { layer, reading, field } of layers) {
      words.push(layerHint(layer, reading, field, HINT_PARTS) ?? "", ...readLayerFacts(layer, reading, field).map(({ text }) => text));
    }
  }
  // What takes longest: of one model.
  for (const reading of readings.slice(0, 1)) toCnnJson(reading);
  for (const { range, message, fixes } of [...source.problems, ...readings.flatMap(({ problems }) => problems)]) {
    words.push(message);
    for (const { start, end } of [range, ...fixes.flatMap(({ edits }) => edits.map((edit) => edit.range))])
      expect(0 <= start && start <= end && end <= source.text.length, message).toBe(true);
  }
  for (const text of words) expect(text).not.toMatch(/NaN|undefined|\[object/);
}
