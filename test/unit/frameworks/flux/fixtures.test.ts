import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { julia, layersOf, loadJulia } from "./read.js";

beforeAll(loadJulia);

const fixture = (name: string) => julia(readFileSync(`test/fixtures/flux/${name}.jl`, "utf8"));
const read = (name: string, target: string, ...input: readonly number[]) => layersOf(fixture(name), target, ...input);

// Shapes and parameters are those of the comments in the files, computed by hand from Flux's formulas.
describe("files in the styles of Flux's tutorials", () => {
  it("reads a chain, and solves for its input", () => {
    const source = fixture("lenet");
    expect(source.targets.map(({ expression }) => expression)).toEqual(["model"]);
    expect(layersOf(source)).toEqual([
      "Conv 24x24x6x1 156",
      "MaxPool 12x12x6x1",
      "Conv 8x8x16x1 2416",
      "MaxPool 4x4x16x1",
      "flatten 256x1",
      "Dense 120x1 30840",
      "Dense 84x1 10164",
      "Dense 10x1 850",
      "softmax 10x1",
    ]);
  });

  it("runs loops and pads to the same size", () => {
    expect(read("loop", "model", 32, 32, 3)).toEqual([
      "Conv 32x32x16x1 448",
      "MaxPool 16x16x16x1",
      "Conv 16x16x32x1 4640",
      "MaxPool 8x8x32x1",
      "Conv 8x8x64x1 18496",
      "MaxPool 4x4x64x1",
      "GlobalMeanPool 1x1x64x1",
      "flatten 64x1",
      "Dense 10x1 650",
    ]);
  });

  it("calls structs, and tells their constructors apart", () => {
    const layers = read("residual", "net()", 32, 32, 3);
    expect(layers.filter((layer) => layer.startsWith("Conv"))).toEqual([
      "Conv 32x32x16x1 448",
      ...Array<string>(4).fill("Conv 32x32x16x1 2304"),
      "Conv 16x16x32x1 4608",
      "Conv 16x16x32x1 9216",
      "Conv 16x16x32x1 544",
    ]);
    expect(layers.slice(-3)).toEqual(["AdaptiveMeanPool 1x1x32x1", "flatten 32x1", "Dense 10x1 330"]);
  });

  it("takes structs for parts that larger structs and chains are made of", () => {
    const structs = (names: string) =>
      names
        .split(" ")
        .map((name) => `struct ${name}\n  c\nend\n${name}() = ${name}(Conv((3, 3), 3 => 3))\n(m::${name})(x) = m.c(x)\n`)
        .join("\n");
    const source = julia(`using Flux
${structs("Inside Chained Called Alone")}
struct Net
  part
end
Net() = Net(Inside())
(m::Net)(x) = Called()(m.part(x))
model = Flux.Chain(Chained(), x -> relu.(x))
`);
    expect(source.targets.map(({ expression }) => expression)).toEqual(["Alone()", "Net()", "model"]);
  });

  it("names layers after the way that leads to them", () => {
    const names = fixture("residual")
      .read("net()", [[32, 32, 3]])
      .layers.map(({ name }) => name);
    expect(names).toContain("4.body.3");
    expect(names).toContain("4.shortcut");
  });

  it("turns convolutions round", () => {
    expect(read("autoencoder", "autoencoder", 28, 28, 1)).toEqual([
      "Conv 14x14x8x1 80",
      "Conv 7x7x16x1 1168",
      "ConvTranspose 14x14x8x1 2056",
      "ConvTranspose 28x28x1x1 33",
    ]);
  });

  it("joins branches", () => {
    const layers = read("inception", "model", 32, 32, 3);
    expect(layers[0]).toBe("Conv 14x14x16x1 448");
    expect(layers.at(-1)).toBe("cat 14x14x32x1");
    expect(layers).toContain("Conv 14x14x8x1 808");
  });

  it("finds sizes as @autosize does", () => {
    expect(read("autosize", "model", 32, 32, 3)).toEqual([
      "Conv 16x16x8x1 224",
      "MeanPool 5x5x8x1",
      "BatchNorm 5x5x8x1 16",
      "flatten 200x1",
      "Dense 50x1 10050",
      "Dense 50x1 2550",
      "+ 50x1",
      "Dense 10x1 510",
    ]);
  });

  it("asks for the output's size, and fills in defaults", () => {
    expect(read("kwdef", "model", 20, 20, 1)).toEqual(["Conv 18x18x16x1 160", "MaxPool 9x9x16x1", "flatten 1296x1", "Dense 5x1 6485"]);
  });

  it("looks into anonymous functions", () => {
    expect(read("reshape", "generator", 100)).toEqual([
      "Dense 1568x1 158368",
      "reshape 7x7x32x1",
      "Conv 7x7x32x1 1184",
      "Upsample 14x14x32x1",
      "GroupNorm 14x14x32x1 64",
      "leakyrelu 14x14x32x1",
      "PixelShuffle 28x28x8x1",
      "DepthwiseConv 28x28x16x1 160",
    ]);
  });

  it("says what does not fit, where the layer is made", () => {
    const { problems } = fixture("mismatch").read("model", [[28, 28, 1]]);
    expect(problems.map(({ message }) => message)).toEqual([
      "DimensionMismatch: layer Dense(1353 => 10) expects size(input, 1) == 1353, but got 1352x1; use Dense(1352 => 10)",
    ]);
  });

  it("leaves training alone", () => {
    const source = fixture("training");
    expect(source.problems).toEqual([]);
    expect(source.targets.map(({ expression }) => expression)).toEqual(["model()"]);
    expect(layersOf(source, "model()", 28, 28, 1)).toEqual([
      "Conv 26x26x4x1 40",
      "GlobalMaxPool 1x1x4x1",
      "flatten 4x1",
      "LayerNorm 4x1 8",
      "Dense 10x1 40",
    ]);
  });
});
