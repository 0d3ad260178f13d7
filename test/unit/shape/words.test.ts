import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readNetwork } from "../../../src/model/read.js";
import { inferShapes } from "../../../src/shape/infer.js";
import { hintText, layerFacts, memoryText, networkFacts, shapesText } from "../../../src/shape/words.js";

const { network } = readNetwork(readFileSync("examples/lenet5.cnn.json", "utf8"), "lenet5.cnn.json");
const shapes = inferShapes(network);
const layer = (name: string) => shapes.layers.filter((inferred) => inferred.layer.name === name);

test("facts of a layer", () => {
  const [conv] = layer("conv2d_2");
  expect(conv && layerFacts(conv, network.input?.shape).map(({ label, text }) => `${label}: ${text}`)).toEqual([
    "height, width: floor((14 + 2*0 - 5)/1) + 1 = 10",
    "parameters: 5*5*6*16 + 16 = 2,416",
    "multiply-adds: 10*10*16 * 5*5*6 = 240,000",
    "memory: 10*10*16 * 4 B = 6.25 KiB for one image",
    "receptive field: 14x14 of 28x28, strides 2x2",
  ]);
  const [dense] = layer("dense_1");
  expect(dense && layerFacts(dense, network.input?.shape).at(-1)?.text).toBe("28x28 of 28x28");
  expect(conv && shapesText(conv)).toBe("14x14x6 -> 10x10x16");
});

test("facts of a network", () => {
  expect(networkFacts(shapes)).toEqual(["61,706 parameters", "416,520 multiply-adds", "33.2 KiB an image"]);
});

describe("hints", () => {
  const hint = (name: string, ...show: Parameters<typeof hintText>[1]) => layer(name).map((inferred) => hintText(inferred, show))[0];

  test("show what is asked for, in a fixed order", () => {
    expect(hint("conv2d_2", "shape")).toBe("10x10x16");
    expect(hint("conv2d_2", "parameters", "shape")).toBe("10x10x16, 2,416 parameters");
    expect(hint("conv2d_2", "receptiveField", "multiplyAdds")).toBe("240,000 multiply-adds, sees 14x14");
  });

  test("leave zeros out", () => {
    expect(hint("flatten", "shape", "parameters")).toBe("400");
    expect(hint("flatten", "parameters")).toBeUndefined();
  });
});

test.each([
  [40, "40 B"],
  [6400, "6.25 KiB"],
  [33_976, "33.2 KiB"],
  [1023 * 1024, "1,023 KiB"],
  [57 * 1024 * 1024, "57 MiB"],
])("%i bytes are %s", (bytes, text) => {
  expect(memoryText(bytes)).toBe(text);
});
