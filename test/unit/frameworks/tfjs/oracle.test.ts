import { readFileSync } from "node:fs";
import * as core from "@tensorflow/tfjs-core";
import { packagedGrammars } from "../../../fixtures/grammars.js";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js";
import * as layers from "@tensorflow/tfjs-layers";
import "@tensorflow/tfjs-backend-cpu";
import { transformSync } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import { sourceLanguage } from "../../../../src/reading/languages.js";
import { Source } from "../../../../src/reading/source.js";
import { scriptText } from "../../../../src/syntax/javascript/html.js";

const grammars = packagedGrammars();

beforeAll(async () => {
  await grammars.load("javascript", "typescript");
  await core.setBackend("cpu");
});

const textOf = (file: string) => readFileSync(`test/fixtures/tfjs/${file}`, "utf8");
const read = (file: string, target: string) =>
  new Source(textOf(file), sourceLanguage("javascript", grammars), { file, patience: 25 }).read(target);

/** Runs a file with TensorFlow.js itself; the value of a name in it. */
function made(file: string, name: string): layers.LayersModel {
  const tf = { ...core, ...layers };
  const text = file.endsWith(".html") ? scriptText(textOf(file)) : textOf(file);
  const { code } = transformSync(text, { loader: file.endsWith(".ts") ? "ts" : "js", format: "cjs", target: "es2022" });
  const document = { getElementById: () => ({ addEventListener: () => {} }) };
  const console = { log: () => {} };
  const run = new Function("tf", "require", "module", "exports", "document", "console", `{ ${code}\nreturn ${name}; }`);
  return run(tf, () => tf, { exports: {} }, {}, document, console);
}

type Told = readonly [type: string, output: string, parameters: number | undefined];

const written = (shape: unknown) => JSON.stringify(shape ?? null).replaceAll("null", "?");

/** All layers of a model, those of models inside it as often as they are applied. */
function layersOf(model: layers.LayersModel, times: Readonly<Record<string, number>>): Told[] {
  return model.layers.flatMap((layer): Told[] => {
    if (layer.getClassName() === "InputLayer") return [];
    const inner = "layers" in layer ? layersOf(layer as layers.LayersModel, times) : undefined;
    return inner
      ? Array.from({ length: times[layer.name] ?? 1 }, () => inner).flat()
      : [[layer.getClassName(), written(layer.outputShape), layer.countParams()]];
  });
}

describe("what is read of a file is what TensorFlow.js makes of it", () => {
  it.each<[file: string, target: string, times?: Record<string, number>]>([
    ["mnistTutorial.js", "model"],
    ["residual.ts", "model"],
    ["autoencoder.js", "encoder"],
    ["autoencoder.js", "model"],
    ["classModel.js", "model"],
    ["customLayer.js", "model"],
    ["sequences.js", "model"],
    ["sequences.js", "other"],
    ["transfer.js", "truncated"],
    ["transfer.js", "model"],
    ["page.html", "model"],
    ["siamese.mjs", "model", { tower: 2 }],
  ])("%s: %s", (file, target, times = {}) => {
    const reading = read(file, target);
    const model = made(file, target);
    const told = reading.layers.filter(({ role }) => role === "layer");
    expect(reading.problems).toEqual([]);
    const ours = told.map(({ type, outputs, parameters }): Told => [type, written(outputs[0]?.map((size) => size ?? null)), parameters]);
    const theirs = layersOf(model, times);
    expect(ours.sort().map(String)).toEqual(theirs.sort().map(String));
    expect(reading.totalParameters).toBe(model.countParams());
    expect(reading.outputs.map((shape) => written(shape?.map((size) => size ?? null)))).toEqual(
      model.outputs.map(({ shape }) => written(shape)),
    );
    expect(reading.inputOrigin).toBe("file");
    // Each layer stands where its constructor is called.
    const lines = told.map(({ range }) => textOf(file).slice(range?.start, range?.end));
    for (const line of lines) expect(line).toMatch(/^(tf\.layers|layers|layer|new Scale)\b/);
  });

  it("names layers as TensorFlow.js does", () => {
    expect(read("autoencoder.js", "encoder").layers.map(({ name }) => name)).toEqual([
      "conv2d_Conv2D1",
      "conv2d_Conv2D2",
      "flatten_Flatten1",
      "code",
    ]);
  });

  it("finds the models of a file", () => {
    const targets = (file: string) =>
      new Source(textOf(file), sourceLanguage("javascript", grammars), { file, patience: 25 }).targets.map(({ expression }) => expression);
    expect(targets("autoencoder.js")).toEqual(["buildEncoder(CONFIG)", "buildDecoder(CONFIG)", "encoder", "decoder", "model"]);
    expect(targets("residual.ts")).toEqual(["resnet()", "model"]);
    expect(targets("page.html")).toEqual(["model"]);
  });

  it("finds a model that a function keeps to itself", () => {
    const source = new Source(textOf("inside.js"), sourceLanguage("javascript", grammars), { file: "inside.js", patience: 25 });
    expect(source.targets.map(({ expression, kind }) => [expression, kind])).toEqual([["run()", "function"]]);
    const { layers: told, outputs, problems } = source.read("run()");
    expect([told.map(({ type }) => type), outputs, problems]).toEqual([["Conv2D", "Flatten", "Dense"], [[undefined, 2]], []]);
  });
});
