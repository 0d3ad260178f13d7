import { beforeAll, describe, expect, it } from "vitest";
import type { Fix, Problem } from "../../../src/base/problem.js";
import { sourceLanguage } from "../../../src/reading/languages.js";
import { problemsOf } from "../../../src/reading/notes.js";
import { Source } from "../../../src/reading/source.js";
import type { Language } from "../../../src/syntax/parser.js";
import { packagedGrammars } from "../../fixtures/grammars.js";

const grammars = packagedGrammars();
beforeAll(() => grammars.load("python", "javascript", "julia"));

const ENDINGS: Readonly<Record<Language, string>> = { python: "py", javascript: "js", julia: "jl" };

function problems(language: Language, text: string): Problem[] {
  const source = new Source(text, sourceLanguage(language, grammars), { file: `model.${ENDINGS[language]}`, patience: 25 });
  return problemsOf(source.targets.map(({ expression }) => source.read(expression)));
}

function apply(text: string, { edits }: Fix): string {
  const backwards = [...edits].sort((a, b) => b.range.start - a.range.start);
  return backwards.reduce((done, edit) => done.slice(0, edit.range.start) + edit.text + done.slice(edit.range.end), text);
}

/** The text after the first fix of its first problem, which is then gone, and no other has come. */
function mended(language: Language, text: string): string {
  const [problem] = problems(language, text);
  const [fix] = problem?.fixes ?? [];
  if (!fix) throw new Error(problem ? `${problem.message} has no fix` : "there is no problem");
  const done = apply(text, fix);
  expect(problems(language, done).map(({ message }) => message)).toEqual([]);
  return done;
}

const torch = (made: string, applied: string) => `# cnn: input 1x12x12
import torch.nn as nn
import torch.nn.functional as F
class Net(nn.Module):
    def __init__(self):
        super().__init__()
${made}
    def forward(self, x):
${applied}
`;

describe("fixes of PyTorch's problems", () => {
  it("set an argument where it stands", () => {
    const text = torch("        self.a = nn.Conv2d(1, 8, 3)\n        self.b = nn.Conv2d(4, 2, 3)", "        return self.b(self.a(x))");
    expect(mended("python", text)).toContain("self.b = nn.Conv2d(8, 2, 3)");
  });

  it("add an argument behind the last one, whatever stands there", () => {
    const text = torch(
      "        self.a = nn.Conv2d(\n            1,\n            8,\n            (13),  # rows, columns\n        )",
      "        return self.a(x)",
    );
    expect(mended("python", text)).toContain("(13), padding=6,  # rows, columns\n");
  });

  it("insert a flatten into a stack", () => {
    const text = torch("        self.all = nn.Sequential(nn.Conv2d(1, 4, 3), nn.Linear(400, 10))", "        return self.all(x)");
    expect(mended("python", text)).toContain("nn.Conv2d(1, 4, 3), nn.Flatten(), nn.Linear(400, 10)");
  });

  it("insert it on a line of its own, and set the features where they are wrong as well", () => {
    const text = torch(
      "        self.all = nn.Sequential(\n            nn.Conv2d(1, 4, 3),\n            nn.Linear(256, 10),\n        )",
      "        return self.all(x)",
    );
    expect(mended("python", text)).toContain("nn.Conv2d(1, 4, 3),\n            nn.Flatten(),\n            nn.Linear(400, 10),\n        )");
  });

  it("insert it among named layers", () => {
    const text = torch(
      "        from collections import OrderedDict\n        self.all = nn.Sequential(OrderedDict([('conv', nn.Conv2d(1, 4, 3)), ('fc', nn.Linear(400, 10))]))",
      "        return self.all(x)",
    );
    expect(mended("python", text)).toContain("('flatten', nn.Flatten()), ('fc', nn.Linear(400, 10))");
  });

  it("insert it where layers are gathered in a list", () => {
    const text = torch(
      "        layers = [nn.Conv2d(1, 4, 3)]\n        layers.append(nn.Linear(400, 10))\n        self.all = nn.Sequential(*layers)",
      "        return self.all(x)",
    );
    expect(mended("python", text)).toContain("\n        layers.append(nn.Flatten())\n        layers.append(nn.Linear(400, 10))");
  });

  it("import what they insert", () => {
    const text =
      "# cnn: input 1x12x12\nfrom torch.nn import Conv2d, Linear, Sequential\nmodel = Sequential(Conv2d(1, 4, 3), Linear(400, 10))\n";
    expect(mended("python", text)).toContain("import Conv2d, Linear, Flatten, Sequential");
  });

  it.each([
    ["self.fc(self.conv(x))", "self.fc(self.conv(x).flatten(1))"],
    ["self.fc(self.conv(x) * 2)", "self.fc((self.conv(x) * 2).flatten(1))"],
  ])("flatten what forward hands on: %s", (applied, flat) => {
    const text = torch("        self.conv = nn.Conv2d(1, 4, 3)\n        self.fc = nn.Linear(400, 10)", `        return F.relu(${applied})`);
    expect(mended("python", text)).toContain(`return F.relu(${flat})`);
  });

  it("leave alone what is applied by its number", () => {
    const text = torch(
      "        self.all = nn.ModuleList([nn.Conv2d(1, 4, 3), nn.Linear(400, 10)])",
      "        return self.all[1](self.all[0](x))",
    );
    expect(problems("python", text)[0]?.fixes).toEqual([]);
  });

  it.each([
    ["of a layer", "nn.Conv2d(1, 8, kernal_size = 3)", "nn.Conv2d(1, 8, kernel_size = 3)"],
    ["of a class of the file", "block(1, outs=4)", "block(1, out=4)"],
  ])("write the keyword %s that is meant", (_whose, wrong, right) => {
    const text = `# cnn: input 1x12x12
from torch import nn
class block(nn.Module):
    def __init__(self, size, out):
        super().__init__()
        self.only = nn.Conv2d(size, out, 3)
    def forward(self, x):
        return self.only(x)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.all = nn.Sequential(${wrong}, nn.ReLU())
    def forward(self, x):
        return self.all(x)
`;
    expect(mended("python", text)).toContain(`nn.Sequential(${right}, nn.ReLU())`);
  });

  it.each(["nn.Conv2d(1, 8, 3, kernal_size=3)", "nn.Conv2d(1, 8, **{'kernal_size': 3})", "nn.Conv2d(1, 8, 3, flavour=1)"])(
    "write no keyword where it would not do: %s",
    (layer) => {
      const [problem] = problems("python", `from torch import nn\nmodel = nn.Sequential(${layer})\n`);
      expect(problem).toMatchObject({ code: "TypeError", fixes: [] });
    },
  );
});

describe("fixes of Keras' problems", () => {
  it("write the keyword that is meant", () => {
    const text = (keyword: string) => `from keras import layers, Sequential, Input
model = Sequential([Input((12, 12, 1)), layers.Conv2D(4, 3, ${keyword}=2), layers.Flatten(), layers.Dense(10)])
`;
    expect(mended("python", text("stride"))).toBe(text("strides"));
  });

  it("set an argument in the quotes of the file", () => {
    const text =
      "from keras import layers, Sequential\nmodel = Sequential([layers.Conv2D(4, 5, activation='relu', input_shape=(4, 4, 1))])\n";
    expect(mended("python", text)).toContain("input_shape=(4, 4, 1), padding='same')");
  });

  const HEAD = "from tensorflow.keras import layers, Sequential\n";
  const CONV = "layers.Conv2D(4, 3, input_shape=(12, 12, 1))";

  it.each([
    [
      "a list of layers",
      `model = Sequential([\n    ${CONV},\n    layers.Dense(10),\n])\n`,
      `${CONV},\n    layers.Flatten(),\n    layers.Dense(10),`,
    ],
    [
      "lines that add",
      `model = Sequential()\nmodel.add(${CONV})\nmodel.add(layers.Dense(10))\n`,
      "\nmodel.add(layers.Flatten())\nmodel.add(layers.Dense(10))",
    ],
    [
      "functional code",
      "from tensorflow import keras\nx = keras.Input((12, 12, 1))\nmodel = keras.Model(x, layers.Dense(10)(layers.Conv2D(4, 3)(x)))\n",
      "layers.Dense(10)(layers.Flatten()(layers.Conv2D(4, 3)(x)))",
    ],
  ])("insert the flatten that labels need: %s", (_where, text, flat) => {
    expect(mended("python", HEAD + text)).toContain(flat);
  });

  it("stand before the first of the layers that follow on an image", () => {
    const text = `${HEAD}model = Sequential([${CONV}, layers.Dense(32), layers.Dropout(0.5), layers.Dense(10)])\n`;
    expect(problems("python", text)).toMatchObject([{ severity: "hint", code: "not-flat" }]);
    expect(mended("python", text)).toContain(`${CONV}, layers.Flatten(), layers.Dense(32)`);
  });

  it("say nothing of models that answer images by other layers, or are fed none", () => {
    expect(problems("python", `${HEAD}model = Sequential([layers.Dense(8), layers.Dense(10)])\n`)).toEqual([]);
    expect(problems("python", `${HEAD}model = Sequential([${CONV}, layers.Dense(8), layers.Conv2D(1, 1)])\n`)).toEqual([]);
  });
});

describe("fixes of TensorFlow.js' problems", () => {
  const CONV = "tf.layers.conv2d({inputShape: [4, 4, 1], filters: 4, kernelSize: 5})";

  it.each([
    [CONV, "{inputShape: [4, 4, 1], filters: 4, kernelSize: 5, padding: 'same'}"],
    [
      "tf.layers.conv2d({\n  inputShape: [4, 4, 1],\n  filters: 4,\n  kernelSize: 5, // wide\n})",
      "  kernelSize: 5, padding: 'same', // wide\n",
    ],
  ])("add a property to the object literal: %s", (layer, fitting) => {
    expect(mended("javascript", `import * as tf from '@tensorflow/tfjs';\nconst model = tf.sequential({layers: [${layer}]});\n`)).toContain(
      fitting,
    );
  });

  it("insert a flatten above the line that adds", () => {
    const text =
      "import * as tf from '@tensorflow/tfjs';\nconst model = tf.sequential();\nmodel.add(tf.layers.conv2d({inputShape: [8, 8, 1], filters: 4, kernelSize: 3}));\nmodel.add(tf.layers.dense({units: 10}));\n";
    expect(mended("javascript", text)).toContain("\nmodel.add(tf.layers.flatten());\nmodel.add(tf.layers.dense({units: 10}));");
  });

  it("insert a flatten before it is applied", () => {
    const text =
      "import * as tf from '@tensorflow/tfjs';\nconst inputs = tf.input({shape: [8, 8, 1]});\nconst x = tf.layers.maxPooling2d({}).apply(inputs);\nconst model = tf.model({inputs, outputs: tf.layers.dense({units: 10}).apply(x)});\n";
    expect(mended("javascript", text)).toContain("tf.layers.dense({units: 10}).apply(tf.layers.flatten().apply(x))");
  });
});

describe("fixes of Flux' problems", () => {
  const model = (...layers: string[]) => `# cnn: input 12x12x1\nusing Flux\nmodel = Chain(\n    ${layers.join(",\n    ")},\n)\n`;
  const CONV = "Conv((3, 3), 1 => 4, relu)";

  it.each([
    [[CONV, "Flux.flatten", "Dense(401 => 10, relu)"], "Dense(400 => 10, relu)"],
    [[CONV, "Flux.flatten", "Dense(401, 10)"], "Dense(400, 10)"],
    [[CONV, "Conv((3, 3), 8 => 2; stride = 2)"], "Conv((3, 3), 4 => 2; stride = 2)"],
    [[CONV, "BatchNorm(16, relu)"], "BatchNorm(4, relu)"],
    [["Conv((13, 13), 1 => 4)"], "Conv((13, 13), 1 => 4, pad = 6)"],
    [[CONV, "Dense(400 => 10)"], "    Flux.flatten,\n    Dense(400 => 10)"],
    [[CONV, "Dense(256 => 10)"], "    Flux.flatten,\n    Dense(400 => 10)"],
  ])("%j", (layers, fitting) => {
    expect(mended("julia", model(...layers))).toContain(fitting);
  });

  it("make flat what is applied by the name it was assigned to", () => {
    const body = `conv = ${CONV}\n  dense = Dense(400 => 10)\n  return Chain(conv, x -> dense(x))`;
    const text = `# cnn: input 12x12x1\nusing Flux\nfunction net()\n  ${body}\nend\n`;
    expect(mended("julia", text)).toContain("x -> dense(Flux.flatten(x))");
  });
});
