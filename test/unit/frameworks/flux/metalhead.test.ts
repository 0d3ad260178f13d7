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
  ["ViT(:base)", 86_567_656],
  ["ViT(:large; patch_size = (32, 32))", 306_535_400],
  // As published, and what Metalhead has more: biases of 34 separable convolutions, norms between the parts of the last two.
  ["Xception()", 22_855_952 + 41_936 + 2 * (1024 + 1536)],
  // As published, and what Metalhead has more: norms for biases at the end of blocks, a kernel of 3x3 for 1x1 in the stem.
  ["InceptionResNetv2()", 55_843_464 + 320 * 10 + 1088 * 20 + 2080 * 10 + 8 * 64 * 80],
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

it("reads Metalhead's own way to write blocks", () => {
  const source = julia(`
using Flux, Metalhead.Layers
block = Parallel(+, identity, Chain(dwsep_conv_norm((3, 3), 8, 8; pad = 1)..., inputscale(0.2f0; activation = relu)))
bare = Chain(dwsep_conv_norm((3, 3), 8, 4; pad = 1, norm_layer = identity)...)
encoder = Chain(PatchEmbedding((32, 32); patch_size = (8, 8), embedplanes = 24), ClassTokens(24), ViPosEmbedding(24, 17),
                SkipConnection(prenorm(24, MultiHeadSelfAttention(24, 4; qkv_bias = true)), +), prenorm(24, mlp_block(24, 48)), x -> x[:, 1, :])
`);
  const told = (target: string, input: readonly number[]) => {
    const { outputs, totalParameters, problems } = source.read(target, [input]);
    return [outputs, totalParameters, problems];
  };
  expect(told("block", [16, 16, 8])).toEqual([[[16, 16, 8, 1]], 72 + 16 + 64 + 16, []]);
  expect(told("bare", [16, 16, 8])).toEqual([[[16, 16, 4, 1]], 72 + 8 + 32 + 4, []]);
  const attention = 48 + 24 * 72 + 72 + 24 * 24 + 24;
  const linear = 48 + 2 * 24 * 48 + 48 + 24;
  expect(told("encoder", [32, 32, 3])).toEqual([[[24, 1]], 64 * 3 * 24 + 24 + 24 + 24 * 17 + attention + linear, []]);
});
