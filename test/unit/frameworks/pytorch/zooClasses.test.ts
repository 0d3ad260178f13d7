import { beforeAll, describe, expect, it } from "vitest";
import { pytorch } from "../../../../src/frameworks/pytorch/pytorch.js";
import { loadPython, run, shapes } from "./run.js";

beforeAll(loadPython);

const RESNET18 = 11_689_512;
const withClasses = (classes: number) => RESNET18 - 513_000 + 513 * classes;

// `num_params` that torchvision publishes for the networks that are made in this way.
const CONSTRUCTED: readonly (readonly [call: string, parameters: number, size: number])[] = [
  ["models.resnet.ResNet(models.resnet.BasicBlock, [2, 2, 2, 2])", RESNET18, 224],
  ["models.ResNet(block=models.resnet.Bottleneck, layers=[3, 4, 6, 3], groups=32, width_per_group=4)", 25_028_904, 224],
  ["models.AlexNet()", 61_100_840, 224],
  ["models.VGG(models.vgg.make_layers(models.vgg.cfgs['A'], batch_norm=True))", 132_868_840, 224],
  ["models.VGG(features=models.vgg16(pretrained=True).features, init_weights=False)", 138_357_544, 224],
  ["models.SqueezeNet(version='1_1')", 1_235_496, 224],
  ["models.SqueezeNet()", 1_248_424, 224],
  ["models.DenseNet()", 7_978_856, 224],
  ["models.densenet.DenseNet(48, (6, 12, 36, 24), 96)", 28_681_000, 224],
  ["models.MobileNetV2()", 3_504_872, 224],
  ["models.MNASNet(0.75)", 3_170_208, 224],
  ["models.ShuffleNetV2([4, 8, 4], [24, 116, 232, 464, 1024])", 2_278_604, 224],
  ["models.GoogLeNet(aux_logits=False)", 6_624_904, 224],
  ["models.Inception3()", 27_161_264, 299],
  ["models.VisionTransformer(224, 16, 12, 12, 768, 3072)", 86_567_656, 224],
];

describe("classes of torchvision's networks", () => {
  it.each(CONSTRUCTED)("%s has %d parameters", (call, parameters, size) => {
    const program = `from torchvision import models\nresult = ${call}`;
    expect(pytorch.parameterCount?.(run(program).value)).toBe(parameters);
    const applied = run(program, [3, size, size]);
    expect(applied.messages).toEqual([]);
    expect(shapes(applied.value)).toBe("1x1000");
  });

  const DERIVED: readonly (readonly [what: string, body: string, parameters: number, output: string])[] = [
    [
      "gives its constructor what it needs",
      `
class Net(ResNet):
    def __init__(self, classes):
        super().__init__(BasicBlock, [2, 2, 2, 2], num_classes=classes)
result = Net(5)`,
      withClasses(5),
      "1x5",
    ],
    [
      "overrides a part of forward, and layers",
      `
class Net(torchvision.models.ResNet):
    def __init__(self):
        super(Net, self).__init__(BasicBlock, (2, 2, 2, 2))
        self.maxpool = nn.Identity()
        del self.avgpool
        self.fc = nn.Linear(512, 7)
    def _forward_impl(self, x):
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(x.mean((2, 3)))
result = Net()`,
      withClasses(7),
      "1x7",
    ],
    [
      "stands behind a mixin that uses its layers",
      `
class Features:
    def features(self, x):
        return self.layer1(self.maxpool(self.relu(self.bn1(self.conv1(x)))))
class Net(Features, ResNet):
    def __init__(self, **options):
        super().__init__(BasicBlock, [2, 2, 2, 2], **options)
    def forward(self, x):
        return self.features(x)
result = Net(num_classes=2)`,
      withClasses(2),
      "1x64x56x56",
    ],
    [
      "makes further stages",
      `
class Net(ResNet):
    def __init__(self):
        super().__init__(BasicBlock, [2, 2, 2, 2])
        self.layer5 = self._make_layer(BasicBlock, 32, 1, stride=2)
    def forward(self, x):
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        return self.layer5(self.layer4(self.layer3(self.layer2(self.layer1(x)))))
result = Net()`,
      RESNET18 + 9 * 512 * 32 + 64 + 9 * 32 * 32 + 64 + 512 * 32 + 64,
      "1x32x4x4",
    ],
    [
      "goes on from what its base answers",
      `
class Net(torchvision.models.MobileNetV2):
    def forward(self, x):
        return super().forward(x).softmax(-1)
result = Net(num_classes=1000)`,
      3_504_872,
      "1x1000",
    ],
    [
      "takes blocks of its own",
      `
class Block(BasicBlock):
    def forward(self, x):
        identity = x if self.downsample is None else self.downsample(x)
        return self.relu(self.bn2(self.conv2(self.relu(self.bn1(self.conv1(x))))) + identity)
result = ResNet(Block, [2, 2, 2, 2])`,
      RESNET18,
      "1x1000",
    ],
    [
      "builds with its blocks and convolutions",
      `
result = nn.Sequential(conv3x3(3, 16, 2), BasicBlock(16, 16), Bottleneck(16, 4), conv1x1(16, 2))`,
      432 + 2 * (9 * 256 + 32) + (64 + 8 + 144 + 8 + 64 + 32) + 32,
      "1x2x112x112",
    ],
  ];

  it.each(DERIVED)("a program %s", (_, body, parameters, output) => {
    const program = `from torchvision.models.resnet import BasicBlock, Bottleneck, ResNet, conv1x1, conv3x3\n${body}`;
    expect(pytorch.parameterCount?.(run(program).value)).toBe(parameters);
    const applied = run(program, [3, 224, 224]);
    expect(applied.messages).toEqual([]);
    expect(shapes(applied.value)).toBe(output);
  });
});
