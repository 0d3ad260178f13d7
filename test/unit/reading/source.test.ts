import { beforeAll, describe, expect, it } from "vitest";
import { sourceLanguage } from "../../../src/reading/languages.js";
import { notesOf, problemsOf } from "../../../src/reading/notes.js";
import { Source } from "../../../src/reading/source.js";
import { toCnnJson } from "../../../src/reading/toCnnJson.js";
import { inputText, layerHint, lineHint, modelHint, namedInputs, readingFacts } from "../../../src/reading/words.js";
import { packagedGrammars } from "../../fixtures/grammars.js";

const grammars = packagedGrammars();
beforeAll(() => grammars.load("python"));

const read = (text: string) => new Source(text, sourceLanguage("python", grammars), { file: "net.py", patience: 25 });

/** LeNet-5 as a tutorial writes it: five layers, 61,706 parameters, for 1x28x28. */
const LENET = `import torch.nn as nn
import torch.nn.functional as F

class LeNet(nn.Module):
    def __init__(self, classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5, padding=2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(400, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = x.view(x.size(0), -1)
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        return F.log_softmax(self.fc3(x), dim=1)
`;

describe("a source file", () => {
  it("gives its model, the input that fits, and every layer's shape", () => {
    const source = read(LENET);
    expect(source.targets).toEqual([
      { expression: "LeNet()", name: "LeNet", kind: "class", range: { start: LENET.indexOf("LeNet"), end: LENET.indexOf("LeNet") + 5 } },
    ]);
    const reading = source.read();
    expect(reading).toMatchObject({ inputs: [[1, 1, 28, 28]], inputOrigin: "solved", outputs: [[1, 10]], totalParameters: 61_706 });
    expect(reading.problems).toEqual([]);
    const layers = reading.layers.filter(({ role }) => role === "layer");
    expect(layers.map(({ name, outputs: [output] }) => [name, output?.join("x")])).toEqual([
      ["conv1", "1x6x28x28"],
      ["conv2", "1x16x10x10"],
      ["fc1", "1x120"],
      ["fc2", "1x84"],
      ["fc3", "1x10"],
    ]);
    expect(readingFacts(reading)).toEqual(["61,706 parameters", "416,520 multiply-adds", expect.stringMatching(/KiB an image$/)]);
    expect(inputText(reading)).toBe("1x28x28 (guessed)");
    expect(namedInputs(reading)).toBe("x 1x28x28 (guessed)");
  });

  it("gives the costs that are known as the least, and none where none is", () => {
    const model = (layers: string) =>
      read(`# cnn: input 1x8x8\nfrom torch import nn\nfrom there import size\nmodel = ${layers}\n`).read("model");
    expect(readingFacts(model("nn.Sequential(nn.Conv2d(1, 6, 4, padding='same'), nn.Conv2d(6, 2, size))"))).toEqual([
      "at least 6,144 multiply-adds", // 8*8*6 * 4*4*1
      "at least 1.5 KiB an image",
    ]);
    expect(readingFacts(model("nn.Conv2d(1, size, 4)"))).toEqual([]);
  });

  it("has a note for each line that makes a layer or yields a tensor", () => {
    const source = read(LENET);
    const notes = notesOf(source.text, [source.read()]);
    const lines = notes.map(({ line, layers, yields }) => [
      line + 1,
      lineHint(layers.flatMap(({ layer, reading, field }) => layerHint(layer, reading, field, ["shape", "receptiveField"]) ?? [])) ??
        yields?.shape.join("x"),
    ]);
    expect(lines).toContainEqual([7, "6x28x28, sees 5x5"]);
    expect(lines).toContainEqual([8, "16x10x10, sees 14x14"]);
    expect(lines).toContainEqual([14, "1x6x14x14"]);
    expect(lines).toContainEqual([16, "1x400"]);
  });

  it("has a note for a function among the layers of a chain as well", async () => {
    await grammars.load("julia");
    const text = "using Flux\nmodel = Chain(\n  Conv((5, 5), 1 => 4),\n  Flux.flatten,\n  Dense(2304 => 10),\n)\n";
    const source = new Source(text, sourceLanguage("julia", grammars), { file: "net.jl", patience: 25 });
    const notes = notesOf(text, [source.read()], source.targets);
    expect(notes.map(({ line, yields }) => [line + 1, yields?.shape.join("x")])).toEqual([
      [3, undefined],
      [4, "2304x1"],
      [5, undefined],
    ]);
  });

  it("says what the framework would refuse, where, and how to mend it", () => {
    const text = LENET.replace("400, 120", "256, 120");
    const reading = read(text).read();
    const [problem, ...others] = problemsOf([reading]);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ severity: "error", message: "mat1 and mat2 shapes cannot be multiplied (1x400 and 256x120)" });
    const [edit] = problem?.fixes[0]?.edits ?? [];
    expect(text.slice(edit?.range.start, edit?.range.end)).toBe("256");
    expect(edit?.text).toBe("400");
  });

  it.each([
    ["a comment", "# cnn: input 1x28x28\n", [[1, 1, 28, 28]], "comment"],
    ["an example", "import torch\nLeNet()(torch.randn(64, 1, 28, 28))\n", [[1, 1, 28, 28]], "file"],
    ["its data set", "from torchvision import datasets\ndatasets.MNIST('.')\n", [[1, 1, 28, 28]], "file"],
  ])("takes the input from %s", (_what, line, inputs, inputOrigin) => {
    expect(read(LENET + line).read("LeNet()")).toMatchObject({ inputs, inputOrigin, problems: [] });
  });

  it("takes a class with the arguments the file gives it, and functions that make models, but no parts of models", () => {
    const source = read(`${LENET}
class Block(nn.Module):
    def __init__(self, width): super().__init__(); self.conv = nn.Conv2d(width, width, 3, padding=1)
    def forward(self, x): return self.conv(x)

class Net(nn.Module):
    def __init__(self, width): super().__init__(); self.block = Block(width)
    def forward(self, x): return self.block(x)

def small(): return Net(3)

def main():
    net = Net(8)
    train(net)
`);
    expect(source.targets.map(({ expression }) => expression)).toEqual(["LeNet()", "Net(8)", "small()"]);
    expect(source.read("Net(8)").inputs).toEqual([[1, 8, 224, 224]]);
  });

  it("tries out no more than makes the first target where that is enough", () => {
    const parsed: string[] = [];
    const language = sourceLanguage("python", grammars);
    const parse = (file: string, text: string) => {
      parsed.push(text);
      return language.parse(file, text);
    };
    const text = `${LENET}\ndef small():\n    return LeNet(2)\n`;
    const source = new Source(text, { ...language, parse }, { file: "net.py", patience: 25 });
    expect(source.firstTarget?.expression).toBe("LeNet()");
    expect(source.read().target).toBe("LeNet()");
    expect(parsed).toEqual([text, "LeNet()"]);
    expect(source.targets.map(({ expression }) => expression)).toEqual(["LeNet()", "small()"]);
    expect(source.targets[0]).toEqual(source.firstTarget);
  });

  it("answers half-written code as far as it goes", () => {
    const source = read(LENET.slice(0, LENET.indexOf("self.fc3 = ") + 14));
    expect(source.broken).toBe(true);
    expect(() => source.targets.map(({ expression }) => source.read(expression))).not.toThrow();
  });

  it("says which layers cannot be made, and never throws", () => {
    const reading = read(LENET).read("LeNet(classes='ten')", [[1, 28, 28]]);
    expect(reading.problems.length).toBeLessThan(2);
    expect(read(LENET).read("Nobody()").problems).toHaveLength(1);
    expect(read(LENET).read("1 +").problems).toHaveLength(1);
  });
});

describe("a source file's model as a network of our own", () => {
  it("has the same layers, and the softmax that the loss takes apart", () => {
    const translated = toCnnJson(read(LENET).read());
    if (!translated.ok) throw new Error(translated.error.message);
    const { input, layers, training } = JSON.parse(translated.value.text) as {
      input: number[];
      layers: { type: string }[];
      training: object;
    };
    expect(input).toEqual([28, 28, 1]);
    expect(training).toEqual({ data: "mnist" });
    expect(layers.map(({ type }) => type)).toEqual([
      "conv2d",
      "activation",
      "maxPooling2d",
      "conv2d",
      "activation",
      "maxPooling2d",
      "flatten",
      "dense",
      "activation",
      "dense",
      "activation",
      "dense",
      "activation",
    ]);
    expect(layers[6]).toMatchObject({ order: "channelsFirst" });
  });

  it("names the layer that has no counterpart", () => {
    const text = LENET.replace("nn.Conv2d(6, 16, 5)", "nn.Sequential(nn.Conv2d(6, 16, 5), nn.Hardshrink())");
    const translated = toCnnJson(read(text).read(undefined, [[1, 28, 28]]));
    expect(translated).toMatchObject({ ok: false, error: { message: expect.stringContaining("conv2.1 (Hardshrink)") } });
  });
});

describe("models of a zoo", () => {
  it("are listed at the line that makes them", () => {
    const text = `
from torch import nn
from torchvision import models
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = models.resnet18(num_classes=7)
        self.head = nn.Linear(7, 2)
    def forward(self, x):
        return self.head(self.backbone(x))
`;
    const source = read(text);
    const notes = notesOf(source.text, [source.read()], source.targets);
    expect(notes.map(({ line, layers }) => [line, layers.length])).toEqual([
      [6, 60],
      [7, 1],
      [9, 0],
    ]);
    const hints = notes[0]?.layers.flatMap(({ layer, reading }) => layerHint(layer, reading, undefined, ["shape"]) ?? []) ?? [];
    expect(lineHint(hints)).toBe("x60: 64x112x112 to 7");
    expect(notes[0]?.layers[0]?.layer).toMatchObject({ name: "backbone.conv1", file: "torchvision/models" });
  });

  it("that another file makes have a note at the name of the model", () => {
    const files: Readonly<Record<string, string>> = { "nets.py": "from torch import nn\ndef net(): return nn.Linear(3, 7)" };
    const source = new Source("import torch\nfrom nets import net\nmodel = net()\n", sourceLanguage("python", grammars), {
      file: "main.py",
      patience: 25,
      workspace: { read: (path) => files[path] },
    });
    const [note, ...others] = notesOf(source.text, [source.read()], source.targets);
    expect(others).toEqual([]);
    expect(note?.makes && modelHint(note.makes.reading, ["shape"])).toBe("7, 28 parameters");
  });
});

describe("what a file does with its models", () => {
  it("is told where the framework would refuse it", () => {
    const { problems } = read(`${LENET}import torch\nnet = LeNet()\nnet(torch.randn(1, 3, 28, 28))\n`);
    expect(problems.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      "error: Given groups=1, weight of size [6, 1, 5, 5], expected input[1, 3, 28, 28] to have 1 channels, but got 3 channels instead",
    ]);
  });
});
