import { beforeAll, describe, expect, it } from "vitest";
import { sourceLanguage } from "../../../src/reading/languages.js";
import { Source } from "../../../src/reading/source.js";
import { packagedGrammars } from "../../fixtures/grammars.js";

const grammars = packagedGrammars();
beforeAll(() => grammars.load("python"));

const HEAD = "# cnn: input 3x8x8\nfrom torch import nn\n";

/** Models of a text, each with what is wrong with it, and where. */
function told(text: string): Readonly<Record<string, readonly string[]>> {
  const source = new Source(text, sourceLanguage("python", grammars), { file: "net.py", patience: 25 });
  const problems = (expression: string) =>
    source.read(expression).problems.map(({ message, range }) => `${text.slice(range.start, range.end)}: ${message}`);
  return Object.fromEntries(source.targets.map(({ expression }) => [expression, problems(expression)]));
}

const net = (signature: string, line: string) => `${HEAD}class Net(nn.Module):
    def __init__(${["self", signature].filter(Boolean).join(", ")}):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        ${line}
    def forward(self, x):
        return self.conv(x)
`;

describe("a class that cannot be made", () => {
  it.each([
    ["an attribute that is not there", "", "self.fc = nn.Linear(self.conv.out_chanels, 10)"],
    ["whatever number it is given", "width=8", "self.fc = nn.Linear(self.conv.out_chanels, width)"],
  ])("is told with its error: %s", (_what, signature, line) => {
    expect(told(net(signature, line))).toEqual({
      "Net()": ["self.conv.out_chanels: 'Conv2d' object has no attribute 'out_chanels'"],
    });
  });

  it("is told with the error of what it is made of", () => {
    const text = `${HEAD}class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.size = width.size
${net("", "self.block = Block(8)").slice(HEAD.length)}`;
    expect(told(text)).toEqual({ "Net()": ["width.size: 'int' object has no attribute 'size'"] });
  });

  it("is told as the file itself makes it", () => {
    const text = `${net("config", "self.fc = nn.Linear(config.wdth, 10)")}class Config:\n    width = 8\nmodel = Net(Config())\n`;
    expect(told(text)).toEqual({ "Net(Config())": ["config.wdth: 'Config' object has no attribute 'wdth'"] });
  });

  it("is not to blame for what those derived from it bring", () => {
    const text = `${net("", "self.build()")}class Derived(Net):\n    def build(self):\n        self.fc = nn.Linear(8, 10)\n`;
    expect(told(text)).toEqual({ "Derived()": [] });
  });

  it.each([
    ["where it must be given more", "width", "self.fc = nn.Linear(width.x, 10)"],
    ["where None stands for what it must be given", "config=None", "self.fc = nn.Linear(config.width, 10)"],
    ["where it refuses by itself", "depth=18", "raise ValueError(depth)"],
    ["where it asserts something", "depth=18", "assert depth in (20, 32)"],
    ["where nobody knows what it uses", "", "self.fc = nn.Linear(unknowable.x, 10)"],
  ])("is no target %s", (_where, signature, line) => {
    expect(told(`from somewhere import unknowable\n${net(signature, line)}`)["Net()"] ?? []).toEqual([]);
  });
});

describe("a class that cannot be applied", () => {
  it("is not to blame for what those derived from it bring, nor for what it leaves to them", () => {
    const text = `${HEAD}class Base(nn.Module):
    def forward(self, x):
        return self.conv(x)
class Abstract(nn.Module):
    def forward(self, x):
        raise NotImplementedError
class Derived(Base):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
`;
    expect(told(text)).toEqual({ "Base()": [], "Abstract()": [], "Derived()": [] });
  });

  it("is given each input by itself where it takes several, in Keras as well", () => {
    const text = `from tensorflow.keras import Model, layers
# cnn: input 8x8x1, 5
class Net(Model):
    def __init__(self):
        super().__init__()
        self.flat = layers.Flatten()
        self.out = layers.Dense(10)
    def call(self, image, state):
        return self.out(layers.concatenate([self.flat(image), state]))
`;
    const reading = new Source(text, sourceLanguage("python", grammars), { file: "net.py", patience: 25 }).read("Net()");
    expect(reading.problems).toEqual([]);
    expect(reading.layers.map(({ outputs }) => outputs[0]?.slice(1))).toEqual([[64], [69], [10]]);
  });
});
