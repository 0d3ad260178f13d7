import { describe, expect, it } from "vitest";
import { toCnnJson } from "../../../../src/reading/toCnnJson.js";
import { readSource } from "../../../../src/sources/readSource.js";
import { packagedGrammars } from "../../../fixtures/grammars.js";
import { outputsOf } from "../../../fixtures/translatedNetwork.js";

const grammars = packagedGrammars();

/** What a translated Chain answers to x[i] = `input(i)` in our order, its weights' i-th number being sin(i). */
async function answer(layers: string, shape: readonly number[], input: (i: number) => number): Promise<number[]> {
  const reading = (await readSource(`using Flux\nmodel = Chain(${layers})`, "model.jl", grammars, { patience: 25 }))?.read("model", [
    shape,
  ]);
  const translated = reading && toCnnJson(reading);
  if (!reading || !translated) throw new Error("It is not read.");
  if (!translated.ok) throw new Error(translated.error.message);
  let count = 0;
  const outputs = await outputsOf(translated.value, reading.layout, input, (_, size) =>
    Float32Array.from({ length: size.reduce((all, each) => all * each, 1) }, () => 0.6 + Math.sin(count++) / 2),
  );
  return [...(outputs.filter(({ name }) => translated.value.sources.has(name)).at(-1)?.data ?? [])];
}

const LENGTH = 9;
const x = (position: number, channel: number) => Math.cos(position * 2 + channel);

describe("layers of sequences do what those of images of one column do", () => {
  it.each([
    ["Conv((3,), 2 => 3, relu; stride = 2, pad = 1)", "Conv((1, 3), 2 => 3, relu; stride = (1, 2), pad = (0, 1))"],
    ["Conv((4,), 2 => 4; pad = SamePad(), groups = 2)", "Conv((1, 4), 2 => 4; pad = SamePad(), groups = 2)"],
    ["ConvTranspose((3,), 2 => 3; stride = 2, outpad = 1)", "ConvTranspose((1, 3), 2 => 3; stride = (1, 2), outpad = (0, 1))"],
    ["MaxPool((3,); stride = 2)", "MaxPool((1, 3); stride = (1, 2))"],
    ["MeanPool((2,); pad = 1)", "MeanPool((1, 2); pad = (0, 1))"],
    ["AdaptiveMeanPool((3,))", "AdaptiveMeanPool((1, 3))"],
    ["GlobalMaxPool()", "GlobalMaxPool()"],
    ["Conv((1,), 2 => 2), BatchNorm(2, tanh)", "Conv((1, 1), 2 => 2), BatchNorm(2, tanh)"],
  ])("%s", async (sequence, image) => {
    const end = ", Flux.flatten, x -> 2 .* x";
    const ofSequence = await answer(sequence + end, [LENGTH, 2], (i) => x(i % LENGTH, Math.floor(i / LENGTH)));
    const ofImage = await answer(image + end, [1, LENGTH, 2], (i) => x(Math.floor(i / 2), i % 2));
    expect(ofSequence.length).toBe(ofImage.length);
    for (const [i, value] of ofSequence.entries()) expect(value).toBeCloseTo(ofImage[i] ?? Number.NaN, 5);
  });
});

it("a dense layer works on the features of each position", async () => {
  const [features, positions, units] = [2, 4, 3] as const;
  const weight = (i: number) => 0.6 + Math.sin(i) / 2;
  const made = await answer("Dense(2 => 3)", [features, positions], Math.cos);
  const expected = Array.from({ length: positions * units }, (_, at) => {
    const [position, unit] = [Math.floor(at / units), at % units];
    const products = [0, 1].map((feature) => Math.cos(position * features + feature) * weight(feature * units + unit));
    return products.reduce((sum, each) => sum + each, weight(features * units + unit));
  });
  for (const [i, value] of made.entries()) expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 5);
  expect(made.length).toBe(expected.length);
});
