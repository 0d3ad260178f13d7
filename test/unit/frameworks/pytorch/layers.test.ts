import { beforeAll, describe, expect, it } from "vitest";
import { pytorch } from "../../../../src/frameworks/pytorch/pytorch.js";
import { loadPython, run, shapes } from "./run.js";

beforeAll(loadPython);

/** A layer, what it is fed without the batch, and the shape and number of parameters that PyTorch's documentation gives by its formulas. */
const LAYERS: readonly (readonly [layer: string, input: readonly number[], output: string, parameters: number])[] = [
  ["Conv1d(16, 33, 3, stride=2)", [16, 50], "1x33x24", 16 * 33 * 3 + 33],
  ["Conv2d(16, 33, 3, stride=2)", [16, 50, 100], "1x33x24x49", 16 * 33 * 9 + 33],
  ["Conv2d(16, 33, (3, 5), stride=(2, 1), padding=(4, 2), dilation=(3, 1))", [16, 50, 100], "1x33x26x100", 16 * 33 * 15 + 33],
  ["Conv2d(4, 8, 3, padding='same', groups=4, bias=False)", [4, 9, 9], "1x8x9x9", 8 * 9],
  ["Conv3d(16, 33, (3, 5, 2), stride=(2, 1, 1), padding=(4, 2, 0))", [16, 10, 50, 100], "1x33x8x50x99", 16 * 33 * 30 + 33],
  ["ConvTranspose2d(16, 33, 3, stride=2)", [16, 50, 100], "1x33x101x201", 16 * 33 * 9 + 33],
  ["ConvTranspose2d(16, 8, 3, stride=2, padding=1, output_padding=1, groups=2)", [16, 6, 6], "1x8x12x12", 16 * 4 * 9 + 8],
  ["LazyConv2d(8, 3)", [5, 8, 8], "1x8x6x6", 5 * 8 * 9 + 8],
  ["Linear(20, 30)", [7, 20], "1x7x30", 630],
  ["LazyLinear(30, bias=False)", [20], "1x30", 600],
  ["BatchNorm2d(100)", [100, 35, 45], "1x100x35x45", 200],
  ["LazyBatchNorm2d()", [7, 5, 5], "1x7x5x5", 14],
  ["InstanceNorm2d(100)", [100, 35, 45], "1x100x35x45", 0],
  ["GroupNorm(3, 6)", [6, 10, 10], "1x6x10x10", 12],
  ["LayerNorm([5, 10])", [20, 5, 10], "1x20x5x10", 100],
  ["MaxPool2d(3, stride=2)", [16, 50, 32], "1x16x24x15", 0],
  ["MaxPool2d(3, stride=2, ceil_mode=True)", [16, 50, 32], "1x16x25x16", 0],
  ["MaxPool2d(2, stride=2, padding=1, ceil_mode=True)", [1, 5, 5], "1x1x3x3", 0],
  ["MaxPool2d(2, return_indices=True)", [1, 4, 4], "1x1x2x2,1x1x2x2", 0],
  ["AvgPool2d((3, 2), stride=(2, 1))", [16, 50, 32], "1x16x24x31", 0],
  ["AdaptiveAvgPool2d((5, 7))", [64, 8, 9], "1x64x5x7", 0],
  ["AdaptiveMaxPool2d((None, 7))", [64, 10, 9], "1x64x10x7", 0],
  ["FractionalMaxPool2d(3, output_ratio=(0.5, 0.5))", [16, 50, 32], "1x16x25x16", 0],
  ["ReflectionPad2d((1, 1, 2, 0))", [1, 3, 3], "1x1x5x5", 0],
  ["ZeroPad2d(2)", [1, 3, 3], "1x1x7x7", 0],
  ["PReLU(3)", [3, 2, 2], "1x3x2x2", 3],
  ["Upsample(scale_factor=2.5)", [1, 4, 6], "1x1x10x15", 0],
  ["PixelShuffle(3)", [9, 4, 4], "1x1x12x12", 0],
  ["PixelUnshuffle(3)", [1, 12, 12], "1x9x4x4", 0],
  ["Flatten(0)", [2, 3], "6", 0],
  ["Unflatten(1, (2, 5, 5))", [50], "1x2x5x5", 0],
  ["Unfold((2, 3))", [5, 3, 4], "1x30x4", 0],
  ["Fold((4, 5), (2, 2))", [12, 12], "1x3x4x5", 0],
  ["Embedding(10, 3)", [4], "1x4x3", 30],
  ["LSTM(10, 20, 2)", [3, 10], "1x3x20,2x3x20,2x3x20", 4 * (10 * 20 + 400 + 40) + 4 * (800 + 40)],
  ["GRU(10, 20, bidirectional=True, batch_first=True)", [5, 10], "1x5x40,2x1x20", 2 * 3 * (200 + 400 + 40)],
  ["TransformerEncoderLayer(8, 2, 16, batch_first=True)", [5, 8], "1x5x8", 4 * 64 + 32 + 8 * 16 + 16 + 16 * 8 + 8 + 32],
  ["Identity(54, unused=2)", [3], "1x3", 0],
  ["Softmax(dim=1)", [3], "1x3", 0],
];

describe("layers", () => {
  it.each(LAYERS)("nn.%s of %j", (layer, input, output, parameters) => {
    const program = `result = nn.${layer}`;
    const { value, messages } = run(program, input);
    expect(messages).toEqual([]);
    expect(shapes(value)).toBe(output);
    const made = run(`m = nn.${layer}\nm(torch.zeros(${[1, ...input].join(", ")}))\nresult = m`).value;
    expect(pytorch.parameterCount?.(made)).toBe(parameters);
  });

  it("are leaves with the line of their constructor and their path", () => {
    const { trace } = run(
      `class Swish(nn.Module):
    def forward(self, x):
        return x * torch.sigmoid(x)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer1 = nn.Sequential(nn.Conv2d(3, 8, 3), Swish(), nn.Sequential())
    def forward(self, x):
        return F.relu(self.layer1(x))
result = Net()`,
      [3, 8, 8],
    );
    expect(trace.applications.map(({ role, type, name }) => `${role} ${type} ${name}`)).toEqual([
      "layer Conv2d layer1.0",
      "layer Swish layer1.1",
      "layer Sequential layer1.2",
      "function F.relu ",
    ]);
  });

  it("are read from the fields that the program changes", () => {
    const program =
      "result = torchvision.models.resnet18()\nresult.conv1.stride = (1, 1)\nresult.fc = nn.Linear(result.fc.in_features, 10)";
    const { value, trace } = run(program, [3, 32, 32]);
    expect(trace.applications[0]?.outputs).toEqual([[1, 64, 32, 32]]);
    expect(shapes(value)).toBe("1x10");
  });

  it("know which of their weights are frozen", () => {
    const { trace } = run(
      `result = torchvision.models.resnet18()
for p in result.parameters():
    p.requires_grad = False
result.fc = nn.Linear(512, 10)`,
      [3, 224, 224],
    );
    const weights = trace.applications.flatMap(({ parameters }) => parameters.filter(({ counted }) => counted));
    expect(weights.filter(({ trainable }) => trainable).map(({ shape }) => shape)).toEqual([[10, 512], [10]]);
  });

  it("translate to the catalogue with PyTorch's conventions", () => {
    const { trace } = run(
      "result = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.BatchNorm2d(8), nn.MaxPool2d(3, 2, ceil_mode=True))",
      [3, 8, 8],
    );
    const [conv, norm, pool] = trace.applications.map(({ catalogue }) => catalogue?.[0]);
    expect(conv?.args).toMatchObject({
      padding: [
        [1, 1],
        [1, 1],
      ],
      useBias: true,
      kernelInitializer: { scale: 1 / 3, mode: "fanIn" },
    });
    expect(norm?.args).toMatchObject({ epsilon: 1e-5, momentum: 0.9, variance: "unbiased" });
    expect(pool?.args).toMatchObject({ poolSize: [3, 3], strides: [2, 2], ceilMode: true });
  });
});

describe("containers", () => {
  it.each([
    ["len(nn.ModuleList([nn.ReLU()] * 3))", "3"],
    ["[each is None for each in nn.ModuleList([None, nn.ReLU()])]", "[True, False]"],
    ["[type(m).__name__ for m in nn.Sequential(nn.Conv2d(1, 1, 1), nn.ReLU())[1:]]", "['ReLU']"],
    ["[n for n, _ in nn.Sequential(nn.Linear(1, 1), nn.Sequential(nn.ReLU())).named_modules()]", "['', '0', '1', '1.0']"],
    ["[n for n, _ in nn.ModuleDict({'a': nn.Linear(2, 2)}).named_parameters()]", "['a.weight', 'a.bias']"],
    ["'conv' in nn.ModuleDict({'conv': nn.ReLU()})", "True"],
    ["sum(p.numel() for p in nn.Linear(3, 4).parameters())", "16"],
    ["tuple(nn.Conv2d(1, 2, 3).weight.shape)", "(2, 1, 3, 3)"],
    ["nn.Sequential(nn.Conv2d(1, 2, 3))[-1].kernel_size", "(3, 3)"],
  ])("%s is %s", (expression, wanted) => {
    const { value, messages } = run(`result = str(${expression})`);
    expect(messages).toEqual([]);
    expect(value).toMatchObject({ kind: "string", value: wanted });
  });
});
