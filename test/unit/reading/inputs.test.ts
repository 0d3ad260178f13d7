import { beforeAll, describe, expect, it } from "vitest";
import { inOrder, usualInputs as suggested } from "../../../src/reading/inputComment.js";
import { sourceLanguage } from "../../../src/reading/languages.js";
import { Source, type SourceContext } from "../../../src/reading/source.js";
import type { Language } from "../../../src/syntax/parser.js";
import { packagedGrammars } from "../../fixtures/grammars.js";

const grammars = packagedGrammars();
beforeAll(() => grammars.load("python", "javascript", "julia"));

const read = (text: string, more: Partial<SourceContext> = {}, language: Language = "python") =>
  new Source(text, sourceLanguage(language, grammars), { file: "model.py", patience: 25, ...more });

/** Takes pictures of any size with three channels. */
const TORCH = `import torch.nn as nn
from torchvision import datasets, transforms as T
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
    def forward(self, x):
        return self.conv(x)
`;
const KERAS = `import tensorflow as tf
from tensorflow import keras
model = keras.Sequential([keras.layers.Conv2D(8, 3), keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(2)])
SIDE = 160
`;

describe("the input that a file shows", () => {
  it.each([
    ["the crop behind a resize", "T.Compose([T.Resize(256), T.CenterCrop(240)])", [3, 240, 240]],
    ["a resize alone", "T.Resize((48, 64))", [3, 48, 64]],
    ["a number with a name", "SIDE = 40\nT.Resize([SIDE, SIDE])", [3, 40, 40]],
    ["a data set that is resized", "T.Resize(36)\ndatasets.CIFAR10('.')", [3, 36, 36]],
  ])("is %s", (_what, line, shape) => {
    expect(read(`${TORCH}${line}\n`).read("Net()")).toMatchObject({ inputs: [[1, ...shape]], inputOrigin: "file" });
  });

  it("has one channel where pictures are made gray", () => {
    const text = TORCH.replace("Conv2d(3", "Conv2d(1");
    expect(read(`${text}T.Compose([T.Grayscale(), T.Resize(50)])\n`).read("Net()").inputs).toEqual([[1, 1, 50, 50]]);
  });

  it.each([
    ["keras.utils.image_dataset_from_directory('d', image_size=(180, 200))", [180, 200, 3]],
    ["keras.utils.image_dataset_from_directory('d', image_size=(SIDE, SIDE), color_mode='grayscale')", [160, 160, 1]],
    ["keras.preprocessing.image.ImageDataGenerator().flow_from_directory('d', target_size=(150, 150))", [150, 150, 3]],
    ["tfds.load('cifar10')", [32, 32, 3]],
  ])("is what Keras reads pictures as: %s", (line, shape) => {
    expect(
      read(`${KERAS}${line}\n`)
        .read("model")
        .inputs.map((input) => input.slice(1)),
    ).toEqual([shape]);
  });
});

describe("an input that nothing in the file shows", () => {
  const net = (layer: string) =>
    `import torch.nn as nn\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.first = ${layer}\n    def forward(self, x):\n        return self.first(x)\n`;

  it.each([
    ["volumes", "nn.Sequential(nn.Conv3d(3, 4, 3), nn.MaxPool3d(2))", [3, 16, 112, 112], [4, 7, 55, 55]],
    ["sequences", "nn.Conv1d(5, 8, 3)", [5, 128], [8, 126]],
    ["images", "nn.Conv2d(5, 8, 3)", [5, 224, 224], [8, 222, 222]],
  ])("is solved from a first layer of %s", (_what, layer, input, output) => {
    expect(read(net(layer)).read("Net()")).toMatchObject({
      inputs: [[1, ...input]],
      inputOrigin: "solved",
      outputs: [[1, ...output]],
      problems: [],
    });
  });
});

describe("the usual input of a workspace", () => {
  const usualInputs = [[3, 64, 80]];

  it("goes before what the file shows, in the framework's order", () => {
    expect(read(TORCH, { usualInputs }).read("Net()")).toMatchObject({ inputs: [[1, 3, 64, 80]], inputOrigin: "setting" });
    expect(read(`${KERAS}tfds.load('cifar10')\n`, { usualInputs }).read("model").inputs[0]?.slice(1)).toEqual([64, 80, 3]);
  });

  it("goes behind a comment, and gives way where it does not fit", () => {
    expect(read(`# cnn: input 3x20x20\n${TORCH}`, { usualInputs }).read("Net()")).toMatchObject({ inputOrigin: "comment" });
    const gray = TORCH.replace("Conv2d(3", "Conv2d(1");
    expect(read(gray, { usualInputs }).read("Net()")).toMatchObject({ inputOrigin: "solved", problems: [] });
  });

  it("is turned only where its order is clear", () => {
    expect(inOrder([3, 32, 48], "NHWC")).toEqual([32, 48, 3]);
    expect(inOrder([32, 48, 3], "NCHW")).toEqual([3, 32, 48]);
    expect(inOrder([3, 32, 48], "WHCN")).toEqual([48, 32, 3]);
    expect(inOrder([3, 3, 3], "NHWC")).toEqual([3, 3, 3]);
    expect(inOrder([100], "NHWC")).toEqual([100]);
  });

  it("is chosen among some in the framework's order", () => {
    expect(suggested("NCHW").map(({ input }) => input)).toEqual(["1x28x28", "3x32x32", "3x224x224"]);
    expect(suggested("NHWC").map(({ input }) => input)).toEqual(["28x28x1", "32x32x3", "224x224x3"]);
  });
});

describe("the comment that says an input", () => {
  const say = (text: string, expression: string, input: string, language?: Language) => {
    const { range, text: written } = read(text, {}, language).inputComment(expression, input);
    return text.slice(0, range.start) + written + text.slice(range.end);
  };

  it("stands above the model, with its indentation", () => {
    expect(say(TORCH, "Net()", "3x32x32")).toContain("as T\n# cnn: input 3x32x32\nclass Net");
    const inside = "import torch.nn as nn\nif True:\n    net = nn.Sequential(nn.Conv2d(3, 8, 3))\n";
    expect(say(inside, "net", "3x32x32")).toContain("\n    # cnn: input 3x32x32\n    net =");
  });

  it("is changed where there is one", () => {
    const text = TORCH.replace("class Net", "# cnn: input 3x20x20 as in the paper\n@final\nclass Net");
    expect(say(text, "Net()", "3x32x32")).toContain("# cnn: input 3x32x32 as in the paper\n@final\nclass Net");
  });

  it("is written in the file's language", () => {
    const text = "import * as tf from '@tensorflow/tfjs';\nconst model = tf.sequential({layers: [tf.layers.dense({units: 1})]});\n";
    expect(say(text, "model", "4", "javascript")).toContain("\n// cnn: input 4\nconst model");
  });

  it("is what a model with several inputs asks for", () => {
    const text = `import torch.nn as nn
class Siamese(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 8, 3)
    def forward(self, left, right):
        return self.conv(left) - self.conv(right)
`;
    const [note, ...others] = read(text).read("Siamese()").problems;
    expect(others).toEqual([]);
    expect(note).toMatchObject({ severity: "hint", code: "guessed-inputs" });
    const comment = /cnn: input \S+/.exec(note?.message ?? "")?.[0];
    const { problems, inputs } = read(`# ${comment}\n${text}`).read("Siamese()");
    expect(problems).toEqual([]);
    expect(inputs).toHaveLength(2);
  });
});
