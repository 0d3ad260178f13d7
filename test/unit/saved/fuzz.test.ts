import { describe, expect, it } from "vitest";
import { UserError } from "../../../src/base/userError.js";
import { readSaved, readTensor } from "../../../src/saved/readSaved.js";
import { bounded, dice, mutations } from "../../fixtures/fuzz.js";
import { mutate } from "./mutate.js";
import { samples } from "./samples.js";
import { temporaryFolder } from "./temporary.js";

const MUTATIONS = mutations(300);
const SEED = 20251121;

const write = temporaryFolder();

describe("damaged files", () => {
  it(`are read or refused in one sentence, ${MUTATIONS} of them`, { timeout: 60_000 + 100 * MUTATIONS }, async () => {
    const roll = dice(SEED);
    const sound = samples();
    for (let i = 0; i < MUTATIONS; i++) {
      const { name, bytes } = sound[roll(sound.length)] ?? { name: "", bytes: new Uint8Array() };
      const damaged = mutate(bytes, roll);
      const file = write(`damaged-${name}`, damaged);
      const what = `mutation ${i} of ${name}`;
      const error = await bounded(what, () => outcome(file));
      if (error !== undefined) {
        expect(error, what).toBeInstanceOf(UserError);
        expect(String((error as UserError).message), what).toMatch(/^[^\n]+[.!]$/);
      }
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
