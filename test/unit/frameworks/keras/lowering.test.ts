import { describe, expect, it } from "vitest";
import { toCnnJson } from "../../../../src/reading/toCnnJson.js";
import { readSource } from "../../../../src/sources/readSource.js";
import { packagedGrammars } from "../../../fixtures/grammars.js";
import { outputsOf } from "../../../fixtures/translatedNetwork.js";

const grammars = packagedGrammars();

/** What a translated model answers to x[i] = cos(i), its weights' i-th number being sin(i). */
async function answer(layers: string, input: string): Promise<number[]> {
  const text = `from keras import Sequential, Input, layers\nmodel = Sequential([Input((${input})), ${layers}])`;
  const reading = (await readSource(text, "model.py", grammars, { patience: 25 }))?.read("model");
  const translated = reading && toCnnJson(reading);
  if (!reading || !translated) throw new Error("It is not read.");
  if (!translated.ok) throw new Error(translated.error.message);
  let count = 0;
  const outputs = await outputsOf(translated.value, reading.layout, Math.cos, (_, shape) =>
    Float32Array.from({ length: shape.reduce((all, size) => all * size, 1) }, () => Math.sin(count++)),
  );
  return [...(outputs.filter(({ name }) => translated.value.sources.has(name)).at(-1)?.data ?? [])];
}

function expectClose(ours: readonly number[], theirs: readonly number[]): void {
  expect(ours.length).toBe(theirs.length);
  for (const [i, value] of ours.entries()) expect(value).toBeCloseTo(theirs[i] ?? Number.NaN, 4);
}

it("causal convolutions see nothing of what comes later", async () => {
  const [length, channels, filters, size, dilation] = [7, 2, 3, 3, 2] as const;
  const kernel = (k: number, c: number, f: number) => Math.sin((k * channels + c) * filters + f);
  const x = (t: number, c: number) => (t < 0 ? 0 : Math.cos(t * channels + c));
  const bias = (f: number) => Math.sin(size * channels * filters + f);
  const expected = Array.from({ length: length * filters }, (_, at) => {
    const [t, f] = [Math.floor(at / filters), at % filters];
    let sum = bias(f);
    for (let k = 0; k < size; k++) for (let c = 0; c < channels; c++) sum += x(t - (size - 1 - k) * dilation, c) * kernel(k, c, f);
    return sum;
  });
  expectClose(await answer('layers.Conv1D(3, 3, padding="causal", dilation_rate=2)', "7, 2"), expected);
});

describe("layers of sequences do what those of images of one column do", () => {
  it.each([
    ["Conv1DTranspose(3, 4, strides=2, padding='same')", "Conv2DTranspose(3, (4, 1), strides=(2, 1), padding='same')"],
    ["Conv1DTranspose(3, 3, strides=2, output_padding=1)", "Conv2DTranspose(3, (3, 1), strides=(2, 1), output_padding=(1, 0))"],
    ["DepthwiseConv1D(3, depth_multiplier=2)", "DepthwiseConv2D((3, 1), depth_multiplier=2)"],
    ["SeparableConv1D(4, 3, padding='same', activation='relu')", "SeparableConv2D(4, (3, 1), padding='same', activation='relu')"],
    ["ZeroPadding1D((2, 1))", "ZeroPadding2D(((2, 1), (0, 0)))"],
    ["Cropping1D((1, 2))", "Cropping2D(((1, 2), (0, 0)))"],
    ["UpSampling1D(3)", "UpSampling2D((3, 1))"],
    ["SpatialDropout1D(0.5)", "SpatialDropout2D(0.5)"],
  ])("%s", async (sequence, image) => {
    const ofSequence = await answer(`layers.${sequence}, layers.Flatten(), layers.Dense(2)`, "6, 2");
    expectClose(ofSequence, await answer(`layers.${image}, layers.Flatten(), layers.Dense(2)`, "6, 1, 2"));
    expect(new Set(ofSequence).size).toBe(2);
  });
});

it("sequences may have their channels first", async () => {
  const first = await answer('layers.Conv1D(3, 2, data_format="channels_first"), layers.Permute((2, 1))', "2, 6");
  const turned = await answer("layers.Permute((2, 1)), layers.Conv1D(3, 2)", "2, 6");
  expectClose(first, turned);
});

describe("Normalization", () => {
  const given = "mean=[0.5, -1.0], variance=[4.0, 0.25]";

  it.each([
    [given, (x: number, c: number) => (c === 0 ? (x - 0.5) / 2 : (x + 1) / 0.5)],
    [`${given}, invert=True`, (x: number, c: number) => (c === 0 ? x * 2 + 0.5 : x * 0.5 - 1)],
    ["axis=None, mean=3.0, variance=9.0", (x: number) => (x - 3) / 3],
  ])("of %s", async (args, expected) => {
    const values = Array.from({ length: 12 }, (_, i) => expected(Math.cos(i), i % 2));
    expectClose(await answer(`layers.Normalization(${args})`, "2, 3, 2"), values);
  });

  it("goes by what it has seen of each feature", async () => {
    // Mean and variance are the weights: sin(0), sin(1) and sin(2), sin(3).
    const values = Array.from({ length: 6 }, (_, i) => (Math.cos(i) - Math.sin(i % 2)) / Math.sqrt(Math.sin(2 + (i % 2))));
    expectClose(await answer("layers.Normalization()", "3, 2"), values);
  });
});

it.each(["ConvNeXtTiny", "EfficientNetB0", "EfficientNetV2B0"])("%s is whole in layers that can be trained", async (name) => {
  const text = `from keras.applications import ${name}\nmodel = ${name}(weights=None, input_shape=(64, 64, 3), classes=10)`;
  const reading = (await readSource(text, "model.py", grammars, { patience: 25 }))?.read("model");
  expect(reading && toCnnJson(reading)).toMatchObject({ ok: true });
});
