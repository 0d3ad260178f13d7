import { beforeAll, expect, it } from "vitest";
import { julia, loadJulia } from "./read.js";

beforeAll(loadJulia);

// As published: torchvision's models, MobileNet v1 of Keras without statistics, GoogLeNet as its authors released it.
it.each([
  ["VGG(11)", 132_863_336],
  ["VGG(16)", 138_357_544],
  ["VGG(19)", 143_667_240],
  ["ResNet(18)", 11_689_512],
  ["ResNet(34)", 21_797_672],
  ["ResNet(50)", 25_557_032],
  ["ResNet(101)", 44_549_160],
  ["ResNet(152)", 60_192_808],
  ["DenseNet(121)", 7_978_856],
  ["DenseNet(169)", 14_149_480],
  ["DenseNet(201)", 20_013_928],
  ["SqueezeNet()", 1_235_496],
  ["AlexNet()", 61_100_840],
  ["MobileNetv1()", 4_231_976],
  ["MobileNetv2()", 3_504_872],
  ["GoogLeNet()", 6_998_552],
])("%s has as many parameters as published", (model, parameters) => {
  const reading = julia("using Flux, Metalhead\n").read(model, [[224, 224, 3]]);
  expect(reading.problems).toEqual([]);
  expect([reading.totalParameters, reading.outputs]).toEqual([parameters, [[1000, 1]]]);
});

it("goes on with a part of a model", () => {
  const source = julia(
    "using Flux, Metalhead\nmodel = Chain(backbone(ResNet(18)), AdaptiveMeanPool((1, 1)), Flux.flatten, Dense(512 => 3))\n",
  );
  const { outputs, totalParameters } = source.read("model", [[224, 224, 3]]);
  expect([outputs, totalParameters]).toEqual([[[3, 1]], 11_689_512 - 513_000 + 1539]);
});
