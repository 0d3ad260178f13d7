import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { channelsLast } from "../../src/reading/layout.js";
import { toCnnJson } from "../../src/reading/toCnnJson.js";
import { readSource } from "../../src/sources/readSource.js";
import { packagedGrammars } from "../fixtures/grammars.js";
import { outputsOf } from "../fixtures/translatedNetwork.js";
import { exampleInputs, type SourceAnswer, sourceAnswers } from "./answers.js";
import { wheelFolder, wheelWith } from "./wheels.js";

/** Cases that no network of ours can say, and why. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  examples_fashion_mnist_vae_model__encoder_originalDim_784_intermediateDim_: /^z \(ZLayer\) has no counterpart/,
  examples_siamese_main__SiameseNetwork: /takes 2 inputs/,
  examples_vae_main__VAE: /^torch\.randn_like has no counterpart/,
  "kuangliu_shufflenet__ShuffleNetG2.FAIL": /must be an int/,
  legacy_imdb_cnn__model: /^embedding \(Embedding\) has no counterpart/,
  legacy_variational_autoencoder_deconv__encoder: /^z \(Lambda\) takes a tensor that is not made of the model/,
  legacy_variational_autoencoder_deconv__vae: /^z \(Lambda\) takes a tensor that is not made of the model/,
};

const WHOLE_SET = 75;

/** All sources, as `collect.py` of the conformance set gets them, beside the set or where this says. */
const COLLECTED = process.env["CNN_CONFORMANCE_SOURCES"] ?? path.resolve("../shared/conformance/sources");

const cases = sourceAnswers().filter(({ file, source }) => existsSync(path.join(COLLECTED, file)) || wheelWith(source));
const grammars = packagedGrammars();

/** The very file that was answered for: of the collected ones, else of its package. */
async function fileOf({ file, source }: SourceAnswer): Promise<string | undefined> {
  const collected = path.join(COLLECTED, file);
  if (existsSync(collected)) return collected;
  const repository = wheelWith(source);
  const folder = repository && (await wheelFolder(repository));
  const packaged = folder && path.join(folder, source.path);
  if (!packaged || !existsSync(packaged)) return undefined;
  return createHash("sha256").update(readFileSync(packaged)).digest("hex") === source.sha256 ? packaged : undefined;
}

describe.skipIf(cases.length === 0)("networks read from sources, on an engine", () => {
  const ran: string[] = [];
  const missing: string[] = [];

  it.for(cases)("$id", async (answer, { skip }) => {
    const file = await fileOf(answer);
    if (file === undefined) missing.push(answer.id);
    if (file === undefined) return skip(`${answer.source.path} cannot be had from the registry`);
    const source = await readSource(readFileSync(file, "utf8"), file, grammars, { patience: 25 });
    const reading = source?.read(answer.target, exampleInputs(answer));
    if (!reading) throw new Error(`${file} is not read.`);
    const translated = toCnnJson(reading);
    const refused = REFUSED[answer.id];
    if (refused || !translated.ok) {
      expect(translated.ok ? "translated" : translated.error.message).toMatch(refused ?? /^translated$/);
      return;
    }
    for (const { name, inferred, shape } of await outputsOf(translated.value, reading.layout, () => 0)) {
      const told = translated.value.sources.get(name);
      expect({ name, shape }).toEqual({ name, shape: [...inferred] });
      const framework = told?.outputs.map((each) => each && channelsLast(each, reading.layout)?.join("x"));
      if (framework) expect(framework).toContain(shape.join("x"));
    }
    ran.push(answer.id);
  });

  afterAll(() => {
    const refused = cases.filter(({ id }) => id in REFUSED).length;
    expect(ran.length).toBe(cases.length - refused - missing.length);
    // Of the whole set, that many train as they are.
    if (cases.length === WHOLE_SET && missing.length === 0) expect(ran.length).toBe(68);
  });
});
