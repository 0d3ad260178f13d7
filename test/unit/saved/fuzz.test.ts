import { describe, expect, it } from "vitest";
import { UserError } from "../../../src/base/userError.js";
import { readSaved, readTensor } from "../../../src/saved/readSaved.js";
import { dice, mutate } from "./mutate.js";
import { samples } from "./samples.js";
import { temporaryFolder } from "./temporary.js";

/** How many damaged files; `npm run fuzz` asks for more. */
const MUTATIONS = Number(process.env["CNN_FUZZ"] ?? 300);
const SEED = 20251121;
/** Milliseconds and bytes each may take; a busy machine gets more time than is promised. */
const MAX_TIME = 3000;
const MAX_MEMORY = 1024 ** 3;

const write = temporaryFolder();

describe("damaged files", () => {
  it(`are read or refused in one sentence, ${MUTATIONS} of them`, { timeout: 60_000 + 100 * MUTATIONS }, async () => {
    const roll = dice(SEED);
    const sound = samples();
    for (let i = 0; i < MUTATIONS; i++) {
      const { name, bytes } = sound[roll(sound.length)] ?? { name: "", bytes: new Uint8Array() };
      const damaged = mutate(bytes, roll);
      const file = write(`damaged-${name}`, damaged);
      const start = performance.now();
      const error = await outcome(file);
      const what = `mutation ${i} of ${name}`;
      if (error !== undefined) {
        expect(error, what).toBeInstanceOf(UserError);
        expect(String((error as UserError).message), what).toMatch(/^[^\n]+[.!]$/);
      }
      expect(performance.now() - start, what).toBeLessThan(MAX_TIME);
      expect(process.memoryUsage().rss, what).toBeLessThan(MAX_MEMORY);
    }
  });
});

/** What reading the file and one of its weights throws; undefined where it works. */
async function outcome(file: string): Promise<unknown> {
  try {
    const reading = await readSaved(file);
    const tensor = reading?.tensors?.at(-1)?.name;
    if (tensor !== undefined) await readTensor(file, tensor);
    return undefined;
  } catch (error) {
    return error;
  }
}
