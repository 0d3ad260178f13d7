import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { toCnnJson } from "../../../../src/reading/toCnnJson.js";
import { readSource } from "../../../../src/sources/readSource.js";
import { packagedGrammars } from "../../../fixtures/grammars.js";
import { numbersFor } from "../../../fixtures/pytorchAnswers/numbers.js";
import { outputsOf, turned } from "../../../fixtures/translatedNetwork.js";

/** What PyTorch answered: `answer.py` made it. */
interface Answer {
  readonly input: readonly number[];
  /** The first ones, in PyTorch's order. */
  readonly outputs: readonly number[];
  readonly count: number;
  /** Sum of outputs, the i-th times cos(i). */
  readonly checksum: number;
}

const FOLDER = "test/fixtures/pytorchAnswers";
const answers = JSON.parse(readFileSync(`${FOLDER}/answers.json`, "utf8")) as Readonly<Record<string, Answer>>;
const grammars = packagedGrammars();

describe("networks of PyTorch, with the same weights and input, answer as in PyTorch", () => {
  it("all have an answer", () => {
    const files = readdirSync(FOLDER).filter((file) => file.endsWith(".py") && file !== "answer.py");
    expect(Object.keys(answers).sort()).toEqual(files.map((file) => file.replace(/\.py$/, "")).sort());
  });

  it.each(Object.entries(answers))("%s", { timeout: 30_000 }, async (name, answer) => {
    const file = `${FOLDER}/${name}.py`;
    const source = await readSource(readFileSync(file, "utf8"), file, grammars, { patience: 25 });
    const reading = source?.read("model", [answer.input]);
    if (!reading) throw new Error(`${file} is not read.`);
    const translated = toCnnJson(reading);
    if (!translated.ok) throw new Error(translated.error.message);
    const outputs = await outputsOf(translated.value, reading.layout, Math.sin, (variable, shape) =>
      numbersFor(translated.value, variable, shape),
    );
    const endsInLogarithms = /log_softmax/.test(reading.layers.at(-1)?.type ?? "");
    const own = endsInLogarithms ? outputs.at(-1) : outputs.filter(({ name: layer }) => translated.value.sources.has(layer)).at(-1);
    if (!own) throw new Error("There are no layers.");
    const real = turned(endsInLogarithms ? own.data.map(Math.log) : own.data, own.shape, "first");
    expect(real.length).toBe(answer.count);
    const largest = Math.max(1, ...answer.outputs.map(Math.abs));
    for (const [i, wanted] of answer.outputs.entries()) expect(Math.abs((real[i] ?? Number.NaN) - wanted) / largest).toBeLessThan(1e-4);
    const checksum = real.reduce((sum, each, i) => sum + each * Math.cos(i), 0);
    expect(Math.abs(checksum - answer.checksum) / largest).toBeLessThan(1e-4 * Math.sqrt(answer.count));
  });
});
