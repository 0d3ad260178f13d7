import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { checkpointWeights } from "../../../src/reading/startingWeights.js";
import { toCnnJson } from "../../../src/reading/toCnnJson.js";
import type { ModelReading, StoredTensor } from "../../../src/reading/types.js";
import { readSaved } from "../../../src/saved/readSaved.js";
import { readSource } from "../../../src/sources/readSource.js";
import { packagedGrammars } from "../../fixtures/grammars.js";
import { difference, type NetworkAnswers, networkAnswers, SIN, savedAnswers, spread, ZERO } from "../../fixtures/savedNetwork.js";

const FOLDER = path.resolve("test/fixtures/saved");
const at = (name: string) => path.join(FOLDER, name);

/** By file: of each of the model's outputs 64 numbers at most, to zeros and to x[i] = sin(i). */
type Answers = Readonly<Record<string, { readonly zero: readonly number[][]; readonly sin: readonly number[][] }>>;

const read = (name: string) => JSON.parse(readFileSync(at(name), "utf8")) as Answers;
const ANSWERS = { ...read("answers.json"), ...read("state.json") };

function expectEqual(answers: NetworkAnswers | string, name: string): void {
  if (typeof answers === "string") throw new Error(answers);
  const { outputs, misfits, bare, place } = answers;
  expect(misfits).toEqual([]);
  expect(bare).toEqual([]);
  for (const [i, kind] of (["zero", "sin"] as const).entries()) {
    const theirs = ANSWERS[name]?.[kind][place] ?? [];
    expect(theirs.length).toBeGreaterThan(0);
    expect(difference(spread(outputs[i] ?? new Float32Array(), theirs.length), theirs)).toBeLessThan(1e-5);
  }
}

describe("a saved model with its weights answers as its framework does", () => {
  it.each(["mixed.keras", "nested.h5", "functions.h5", "windows.onnx", "arranged.onnx", "sequences.onnx"])("%s", async (name) => {
    expectEqual(await savedAnswers(at(name), [ZERO, SIN]), name);
  });
});

it.each(["mixed.keras", "nested.h5"])("%s goes on with its optimizer and loss, and what is frozen stays frozen", async (name) => {
  const reading = await readSaved(at(name));
  const translated = reading && toCnnJson(reading);
  const text = translated?.ok ? translated.value.text : "{}";
  const { training, layers } = JSON.parse(text) as { training: object; layers: { type: string }[] };
  expect(training).toMatchObject({
    optimizer: { type: "sgd", learningRate: expect.closeTo(0.05, 6) as number },
    loss: "categoricalCrossentropy",
  });
  expect(layers.find(({ type }) => type === "batchNormalization")).toMatchObject({ trainable: false, inference: true });
});

describe("PyTorch source code with a state dict", () => {
  it.each(["state.pt", "state.safetensors"])("answers as PyTorch does: %s", async (name) => {
    const { reading, translated } = await net();
    const start = checkpointWeights(reading, translated, await tensorsOf(name), at(name));
    if (!start.ok) throw new Error(start.error);
    expectEqual(await networkAnswers(reading, translated, start.value, [ZERO, SIN]), "state.pt");
  });

  it("is refused by the names that are missing, unexpected or of another shape", async () => {
    const { reading, translated } = await net();
    const tensors = await tensorsOf("state.safetensors");
    const changed = tensors.flatMap((tensor): StoredTensor[] => {
      if (tensor.name === "fc.bias") return [{ ...tensor, name: "head.bias" }];
      return tensor.name === "up.weight" ? [{ ...tensor, shape: [6, 4, 5, 5] }] : [tensor];
    });
    const refused = checkpointWeights(reading, translated, changed, "changed.pt");
    expect(refused).toEqual({ ok: false, error: "fc.bias is missing; head.bias is unexpected; up.weight is 6x4x5x5, not 6x4x3x3" });
  });
});

async function net() {
  const source = await readSource(readFileSync(at("net.py"), "utf8"), at("net.py"), packagedGrammars(), { folder: FOLDER, patience: 25 });
  const reading = source?.read("Net()");
  const translated = reading && toCnnJson(reading);
  if (!reading || !translated) throw new Error("There is no Net.");
  if (!translated.ok) throw new Error(translated.error.message);
  return { reading, translated: translated.value } satisfies { reading: ModelReading; translated: unknown };
}

async function tensorsOf(name: string): Promise<readonly StoredTensor[]> {
  return (await readSaved(at(name)))?.tensors ?? [];
}
