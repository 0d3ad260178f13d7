import "@tensorflow/tfjs-backend-cpu";
import * as core from "@tensorflow/tfjs-core";
import * as layers from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, it } from "vitest";
import { toCnnJson } from "../../../../src/reading/toCnnJson.js";
import { readSource } from "../../../../src/sources/readSource.js";
import { packagedGrammars } from "../../../fixtures/grammars.js";
import { outputsOf } from "../../../fixtures/translatedNetwork.js";

const grammars = packagedGrammars();

beforeAll(() => core.setBackend("cpu"));

/** What TensorFlow.js answers and what a translated network does, with the same weights: the i-th number of all is 0.6 + sin(i)/2. */
async function answers(code: string, inputShape: readonly number[]) {
  const text = `import * as tf from "@tensorflow/tfjs";\nconst model = tf.sequential();\n${code}`;
  const model = new Function("tf", `const model = tf.sequential();\n${code}\nreturn model;`)({ ...core, ...layers }) as layers.LayersModel;
  let count = 0;
  const numbers = (size: number) => Float32Array.from({ length: size }, () => 0.6 + Math.sin(count++) / 2);
  const given = model.weights.map(({ shape }) =>
    core.tensor(numbers(shape.reduce<number>((all, size) => all * (size ?? 1), 1)), shape as number[]),
  );
  model.setWeights(given);
  const size = inputShape.reduce((all, each) => all * each, 1);
  const example = core.tensor(
    Float32Array.from({ length: size }, (_, i) => Math.cos(i)),
    [1, ...inputShape],
  );
  const theirs = [...((model.predict(example) as core.Tensor).dataSync() as Float32Array)];

  const reading = (await readSource(text, "model.js", grammars, { patience: 25 }))?.read("model", [inputShape]);
  const translated = reading && toCnnJson(reading);
  if (!reading || !translated) throw new Error("It is not read.");
  if (!translated.ok) throw new Error(translated.error.message);
  count = 0;
  const outputs = await outputsOf(translated.value, reading.layout, Math.cos, (_, shape) =>
    numbers(shape.reduce((all, each) => all * each, 1)),
  );
  const ours = outputs.filter(({ name }) => translated.value.sources.has(name)).at(-1)?.data ?? new Float32Array();
  return { theirs, ours: [...ours] };
}

const add = (...each: readonly string[]) => each.map((layer) => `model.add(tf.layers.${layer});`).join("\n");

describe("sequences and single positions, as TensorFlow.js has them", () => {
  it.each<readonly [readonly number[], string]>([
    [[9, 3], add("conv1d({inputShape: [9, 3], filters: 4, kernelSize: 3, strides: 2, activation: 'relu'})", "flatten()")],
    [[9, 3], add("conv1d({inputShape: [9, 3], filters: 4, kernelSize: 4, padding: 'same', useBias: false})")],
    [[8, 3], add("maxPooling1d({inputShape: [8, 3], poolSize: 3, strides: 2})", "averagePooling1d({poolSize: 2, padding: 'same'})")],
    [[8, 3], add("conv1d({inputShape: [8, 3], filters: 4, kernelSize: 2})", "globalMaxPooling1d()")],
    [[8, 3], add("conv1d({inputShape: [8, 3], filters: 4, kernelSize: 2})", "globalAveragePooling1d()", "dense({units: 3})")],
    [[5, 3], add("dense({inputShape: [5, 3], units: 4, activation: 'tanh'})", "dense({units: 2, useBias: false})")],
    [[3, 4, 2], add("dense({inputShape: [3, 4, 2], units: 3, activation: 'softmax'})", "batchNormalization()")],
    [[8, 3], add("batchNormalization({inputShape: [8, 3]})", "dropout({rate: 0.5})")],
  ])("%j: %s", async (inputShape, code) => {
    const { theirs, ours } = await answers(code, inputShape);
    expect(ours.length).toBe(theirs.length);
    for (const [i, value] of ours.entries()) expect(value).toBeCloseTo(theirs[i] ?? Number.NaN, 5);
  });
});
