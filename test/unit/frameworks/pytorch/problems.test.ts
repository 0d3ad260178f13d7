import { beforeAll, describe, expect, it } from "vitest";
import { loadPython, run, shapes } from "./run.js";

beforeAll(loadPython);

const sequence = (...layers: string[]) => `result = nn.Sequential(${layers.join(", ")})`;

/** PyTorch's own words (1.13), and the arguments that its fixes set. */
const PROBLEMS: readonly (readonly [program: string, input: readonly number[], message: string, sets: object | undefined])[] = [
  [
    sequence("nn.Conv2d(3, 8, 3)", "nn.Conv2d(16, 4, 3)"),
    [3, 8, 8],
    "Given groups=1, weight of size [4, 16, 3, 3], expected input[1, 8, 6, 6] to have 16 channels, but got 8 channels instead",
    { in_channels: 8 },
  ],
  [
    sequence("nn.Flatten()", "nn.Linear(256, 120)"),
    [16, 5, 5],
    "mat1 and mat2 shapes cannot be multiplied (1x400 and 256x120)",
    { in_features: 400 },
  ],
  [sequence("nn.BatchNorm2d(4)"), [8, 5, 5], "running_mean should contain 8 elements not 4", { num_features: 8 }],
  [sequence("nn.BatchNorm2d(8)"), [8], "expected 4D input (got 2D input)", undefined],
  [
    sequence("nn.Conv2d(3, 8, 5)"),
    [3, 4, 4],
    "Calculated padded input size per channel: (4 x 4). Kernel size: (5 x 5). Kernel size can't be greater than actual input size",
    { padding: 2 },
  ],
  [
    sequence("nn.MaxPool2d(2)"),
    [512, 1, 1],
    "Given input size: (512x1x1). Calculated output size: (512x0x0). Output size is too small",
    { kernel_size: 1 },
  ],
  [
    sequence("nn.MaxPool2d(2, padding=2)"),
    [1, 8, 8],
    "pad should be at most half of effective kernel size, but got pad=2, kernel_size=2 and dilation=1",
    { padding: 1 },
  ],
  [
    "class Net(nn.Module):\n    def forward(self, x):\n        return x.view(-1, 400)\nresult = Net()",
    [16, 6, 6],
    "shape '[-1, 400]' is invalid for input of size 576",
    undefined,
  ],
  [
    "class Net(nn.Module):\n    def forward(self, x):\n        return x + torch.zeros(1, 32, 8, 8)\nresult = Net()",
    [64, 8, 8],
    "The size of tensor a (64) must match the size of tensor b (32) at non-singleton dimension 1",
    undefined,
  ],
  ["result = nn.LSTM(10, 20)", [3, 12], "input.size(-1) must be equal to input_size. Expected 10, got 12", { input_size: 12 }],
];

describe("problems", () => {
  it.each(PROBLEMS)("%s of %j", (program, input, message, sets) => {
    const { trace, messages } = run(program, input);
    expect(messages).toEqual([message]);
    const fix = trace.problems[0]?.fixes.find((each) => "set" in each);
    expect(fix && "set" in fix ? fix.set : undefined).toEqual(sets);
  });

  it("are one for one mistake: what follows sees the right argument", () => {
    const { messages } = run(sequence("nn.Conv2d(4, 8, 3)", "nn.BatchNorm2d(8)", "nn.Flatten()", "nn.Linear(288, 10)"), [3, 8, 8]);
    expect(messages).toHaveLength(1);
  });

  it("stand at the argument that is wrong, and know the call to change", () => {
    const { trace } = run("result = nn.Linear(in_features=256, out_features=10)", [400]);
    const [problem] = trace.problems;
    const { start, end } = problem?.place.range ?? { start: 0, end: 0 };
    expect(end - start).toBe("256".length);
    expect(problem?.edits?.arguments.get("in_features")).toEqual({ start, end });
  });

  it("name floats where integers are needed, once", () => {
    const { messages } = run(sequence("nn.Conv2d(3, 8 / 2, 3)", "nn.BatchNorm2d(8 / 2)"), [3, 8, 8]);
    expect(messages).toEqual(['Conv2d: out_channels must be an int, but is the float 4.0; "/" makes floats, "//" ints']);
  });

  it.each([
    "nn.Linear(unknowable(), 10)",
    "nn.Conv2d(unknowable(), 8, 3)",
    "nn.Sequential(nn.Conv2d(3, unknowable(), 3), nn.Conv2d(16, 8, 3), nn.BatchNorm2d(8))",
  ])("are never made of what is not known: %s", (layer) => {
    expect(run(`from somewhere import unknowable\nresult = ${layer}`, [3, 8, 8]).messages).toEqual([]);
  });

  it.each([
    ["nn.Linear(10)", "Linear.__init__() missing 1 required positional argument: 'out_features'"],
    ["nn.Conv2d()", "Conv2d.__init__() missing 3 required positional arguments: 'in_channels', 'out_channels', and 'kernel_size'"],
    ["nn.Linear(1, 2, True, None, None, 4)", "Linear.__init__() takes from 3 to 6 positional arguments but 7 were given"],
    ["nn.Conv2d(3, 8, kernal_size=3)", "Conv2d.__init__() got an unexpected keyword argument 'kernal_size'"],
    ["nn.Conv2d(3, 8, 3, pading=1)", "Conv2d.__init__() got an unexpected keyword argument 'pading'"],
    ["nn.Conv2d(3, 8, 3, groups=2)", "in_channels must be divisible by groups"],
    ["nn.GroupNorm(3, 8)", "num_channels (8) must be divisible by num_groups (3)"],
  ])("refuse a constructor: %s", (layer, message) => {
    expect(run(`result = ${layer}`).messages).toEqual([message]);
  });

  it.each([
    [
      "an argument that is missing",
      "nn.Conv2d(3, 8)",
      "1x8x?x?",
      "Conv2d.__init__() missing 1 required positional argument: 'kernel_size'",
    ],
    ["one that is misspelt", "nn.Conv2d(3, 8, 3, stide=2)", "1x8x6x6", "Conv2d.__init__() got an unexpected keyword argument 'stide'"],
    ["windows that stay where they are", "nn.Conv2d(3, 8, 3, stride=False)", "1x8x?x?", "non-positive stride is not supported"],
    ["windows that are nowhere", "nn.MaxPool2d(0, stride=1)", "1x3x?x?", "kernel size should be greater than zero"],
    ["groups that do not fit", "nn.Conv2d(3, 8, 3, groups=2)", "1x?x?x?", "in_channels must be divisible by groups"],
  ])("leave the rest of a model as it is: %s", (_what, layer, shape, message) => {
    const ran = run(sequence(layer, "nn.ReLU()"), [3, 8, 8]);
    expect([shapes(ran.value), ran.messages]).toEqual([shape, [message]]);
  });
});
