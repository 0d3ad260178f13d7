import { beforeAll, describe, expect, it } from "vitest";
import { pytorch } from "../../../../src/frameworks/pytorch/pytorch.js";
import { loadPython, run, shapes } from "./run.js";

beforeAll(loadPython);

/** `num_params` of the weights that torchvision publishes, with the size of the images they were trained on. */
const PUBLISHED: readonly (readonly [name: string, parameters: number, size: number])[] = [
  ["alexnet", 61_100_840, 224],
  ["vgg11", 132_863_336, 224],
  ["vgg11_bn", 132_868_840, 224],
  ["vgg13", 133_047_848, 224],
  ["vgg13_bn", 133_053_736, 224],
  ["vgg16", 138_357_544, 224],
  ["vgg16_bn", 138_365_992, 224],
  ["vgg19", 143_667_240, 224],
  ["vgg19_bn", 143_678_248, 224],
  ["squeezenet1_0", 1_248_424, 224],
  ["squeezenet1_1", 1_235_496, 224],
  ["resnet18", 11_689_512, 224],
  ["resnet34", 21_797_672, 224],
  ["resnet50", 25_557_032, 224],
  ["resnet101", 44_549_160, 224],
  ["resnet152", 60_192_808, 224],
  ["resnext50_32x4d", 25_028_904, 224],
  ["resnext101_32x8d", 88_791_336, 224],
  ["resnext101_64x4d", 83_455_272, 224],
  ["wide_resnet50_2", 68_883_240, 224],
  ["wide_resnet101_2", 126_886_696, 224],
  ["mobilenet_v2", 3_504_872, 224],
  ["mobilenet_v3_large", 5_483_032, 224],
  ["mobilenet_v3_small", 2_542_856, 224],
  ["mnasnet0_5", 2_218_512, 224],
  ["mnasnet0_75", 3_170_208, 224],
  ["mnasnet1_0", 4_383_312, 224],
  ["mnasnet1_3", 6_282_256, 224],
  ["efficientnet_b0", 5_288_548, 224],
  ["efficientnet_b1", 7_794_184, 240],
  ["efficientnet_b2", 9_109_994, 288],
  ["efficientnet_b3", 12_233_232, 300],
  ["efficientnet_b4", 19_341_616, 380],
  ["efficientnet_b5", 30_389_784, 456],
  ["efficientnet_b6", 43_040_704, 528],
  ["efficientnet_b7", 66_347_960, 600],
  ["efficientnet_v2_s", 21_458_488, 384],
  ["efficientnet_v2_m", 54_139_356, 480],
  ["efficientnet_v2_l", 118_515_272, 480],
  ["densenet121", 7_978_856, 224],
  ["densenet161", 28_681_000, 224],
  ["densenet169", 14_149_480, 224],
  ["densenet201", 20_013_928, 224],
  ["shufflenet_v2_x0_5", 1_366_792, 224],
  ["shufflenet_v2_x1_0", 2_278_604, 224],
  ["shufflenet_v2_x1_5", 3_503_624, 224],
  ["shufflenet_v2_x2_0", 7_393_996, 224],
  ["inception_v3", 27_161_264, 299],
  ["convnext_tiny", 28_589_128, 224],
  ["convnext_small", 50_223_688, 224],
  ["convnext_base", 88_591_464, 224],
  ["convnext_large", 197_767_336, 224],
  ["regnet_y_400mf", 4_344_144, 224],
  ["regnet_y_800mf", 6_432_512, 224],
  ["regnet_y_1_6gf", 11_202_430, 224],
  ["regnet_y_3_2gf", 19_436_338, 224],
  ["regnet_y_8gf", 39_381_472, 224],
  ["regnet_y_16gf", 83_590_140, 224],
  ["regnet_y_32gf", 145_046_770, 224],
  ["regnet_y_128gf", 644_812_894, 224],
  ["regnet_x_400mf", 5_495_976, 224],
  ["regnet_x_800mf", 7_259_656, 224],
  ["regnet_x_1_6gf", 9_190_136, 224],
  ["regnet_x_3_2gf", 15_296_552, 224],
  ["regnet_x_8gf", 39_572_648, 224],
  ["regnet_x_16gf", 54_278_536, 224],
  ["regnet_x_32gf", 107_811_560, 224],
  ["vit_b_16", 86_567_656, 224],
  ["vit_b_32", 88_224_232, 224],
  ["vit_l_16", 304_326_632, 224],
  ["vit_l_32", 306_535_400, 224],
  ["vit_h_14", 632_045_800, 224],
  ["swin_t", 28_288_354, 224],
  ["swin_s", 49_606_258, 224],
  ["swin_b", 87_768_224, 224],
  ["swin_v2_t", 28_351_570, 256],
  ["swin_v2_s", 49_737_442, 256],
  ["swin_v2_b", 87_930_848, 256],
];

describe("networks of torchvision", () => {
  it.each(PUBLISHED)("%s has %d parameters and 1000 classes", (name, parameters, size) => {
    const program = `result = torchvision.models.${name}()`;
    const { value } = run(program);
    expect(pytorch.parameterCount?.(value)).toBe(parameters);
    const applied = run(program, [3, size, size]);
    expect(applied.messages).toEqual([]);
    expect(shapes(applied.value)).toBe("1x1000");
  });

  it("googlenet leaves out its auxiliary classifiers with weights", () => {
    expect(pytorch.parameterCount?.(run("result = torchvision.models.googlenet(pretrained=True)").value)).toBe(6_624_904);
    expect(shapes(run("result = torchvision.models.googlenet()", [3, 224, 224]).value)).toBe("1x1000");
  });
});
