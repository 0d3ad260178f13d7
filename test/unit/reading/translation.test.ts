import { describe, expect, it } from "vitest";
import { type Translated, toCnnJson } from "../../../src/reading/toCnnJson.js";
import { readSource } from "../../../src/sources/readSource.js";
import { packagedGrammars } from "../../fixtures/grammars.js";

const grammars = packagedGrammars();

type Json = Readonly<Record<string, unknown>> & { readonly name: string };

async function translate(text: string, target: string, input: readonly number[], file = "net.py") {
  const source = await readSource(text, file, grammars, { patience: 25 });
  const reading = source?.read(target, [input]);
  if (!reading) throw new Error("It is not read.");
  return toCnnJson(reading);
}

async function translated(...given: Parameters<typeof translate>): Promise<{ layers: readonly Json[]; weights: Translated["weights"] }> {
  const answer = await translate(...given);
  if (!answer.ok) throw new Error(answer.error.message);
  return { layers: (JSON.parse(answer.value.text) as { layers: Json[] }).layers, weights: answer.value.weights };
}

const torch = (init: string, forward: string, after = "") => `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self):
        super().__init__()
${indented(init)}

    def forward(self, x):
${indented(forward)}

model = Net()
${after}
`;

const indented = (code: string) =>
  code
    .split("\n")
    .map((line) => `        ${line}`)
    .join("\n");

describe("initializers", () => {
  it("start PyTorch's layers as it does", async () => {
    const { layers } = await translated(
      torch("self.conv = nn.Conv2d(2, 4, 3)\nself.up = nn.ConvTranspose2d(4, 6, 2, stride=2)", "return self.up(self.conv(x))"),
      "model",
      [2, 8, 8],
    );
    const bound = (fan: number) => ({ type: "randomUniform", minval: -1 / Math.sqrt(fan), maxval: 1 / Math.sqrt(fan) });
    expect(layers[0]).toMatchObject({
      kernelInitializer: { scale: 1 / 3, mode: "fanIn", distribution: "uniform" },
      biasInitializer: bound(18),
    });
    // PyTorch takes the outputs of a transposed convolution for its fan in.
    expect(layers[1]).toMatchObject({ kernelInitializer: bound(24), biasInitializer: bound(24) });
  });

  it("follow the program's loops over modules", async () => {
    const loop = [
      "for m in self.modules():",
      "    if isinstance(m, nn.Conv2d):",
      "        nn.init.kaiming_normal_(m.weight, mode='fan_out', nonlinearity='relu')",
      "        m.bias.data.zero_()",
      "    elif isinstance(m, nn.Linear):",
      "        nn.init.xavier_uniform_(m.weight)",
      "        nn.init.constant_(m.bias, 0.1)",
      "    elif isinstance(m, nn.BatchNorm2d):",
      "        m.weight.data.fill_(0.5)",
    ].join("\n");
    const init = `self.conv = nn.Conv2d(3, 8, 3)\nself.bn = nn.BatchNorm2d(8)\nself.fc = nn.Linear(8, 4)\n${loop}`;
    const { layers } = await translated(torch(init, "return self.fc(self.bn(self.conv(x)).mean([2, 3]))"), "model", [3, 6, 6]);
    expect(layers[0]).toMatchObject({
      kernelInitializer: { type: "randomNormal", mean: 0, stddev: expect.closeTo(Math.sqrt(2 / (8 * 9)), 12) as number },
      biasInitializer: { type: "zeros" },
    });
    expect(layers[1]).toMatchObject({ gammaInitializer: { type: "constant", value: 0.5 } });
    const edge = Math.sqrt(6 / (8 + 4));
    expect(layers.find(({ type }) => type === "dense")).toMatchObject({
      kernelInitializer: { type: "randomUniform", minval: expect.closeTo(-edge, 12) as number, maxval: expect.closeTo(edge, 12) as number },
      biasInitializer: { type: "constant", value: 0.1 },
    });
  });

  it("start weights of the program's own", async () => {
    const init = "self.scale = nn.Parameter(1e-2 * torch.ones(3, 1, 1))\nself.shift = nn.Parameter(torch.full((1, 3, 1, 1), 0.5))";
    const { layers, weights } = await translated(torch(init, "return x * self.scale + self.shift"), "model", [3, 4, 4]);
    expect(layers).toMatchObject([
      { type: "scaling", shape: [1, 1, 3], initializer: { type: "constant", value: 0.01 } },
      { type: "bias", shape: [1, 1, 3], initializer: { type: "constant", value: 0.5 } },
    ]);
    expect([...weights].map(([name, { parameter }]) => [name.replace(/^.*\//, ""), parameter])).toEqual([
      ["scale", "scale"],
      ["bias", "shift"],
    ]);
  });
});

describe("frozen layers", () => {
  const init = "self.conv = nn.Conv2d(1, 2, 3)\nself.bn = nn.BatchNorm2d(2)\nself.head = nn.Conv2d(2, 3, 1)";
  const forward = "return self.head(self.bn(self.conv(x)))";

  it("stay as PyTorch's do: their normalization goes by the batch", async () => {
    const freeze =
      "for p in model.parameters():\n    p.requires_grad = False\nfor p in model.head.parameters():\n    p.requires_grad = True";
    const { layers } = await translated(torch(init, forward, freeze), "model", [1, 5, 5]);
    expect(layers.map((layer) => layer["trainable"])).toEqual([false, false, undefined]);
    expect(layers[1]).not.toHaveProperty("inference");
  });

  it("are refused where only some of a layer's weights are", async () => {
    const answer = await translate(torch(init, forward, "model.conv.bias.requires_grad = False"), "model", [1, 5, 5]);
    expect(answer).toMatchObject({ ok: false, error: { message: expect.stringMatching(/^conv \(Conv2d\)/) as string } });
  });

  it("of Keras normalize by what they have learned", async () => {
    const keras = `
import keras
from keras import layers
model = keras.Sequential([
    keras.Input((5, 5, 1)),
    layers.Conv2D(2, 3, trainable=False),
    layers.BatchNormalization(trainable=False),
    layers.Conv2D(3, 1),
])`;
    const { layers } = await translated(keras, "model", [5, 5, 1]);
    expect(layers.map((layer) => [layer["trainable"], layer["inference"]])).toEqual([
      [false, undefined],
      [false, true],
      [undefined, undefined],
    ]);
  });
});

describe("what is written", () => {
  it("is what leads to the output", async () => {
    const { layers } = await translated(
      torch(
        "self.conv = nn.Conv2d(4, 4, 3, padding=1)\nself.unused = nn.Conv2d(4, 2, 1)",
        "x = self.conv(x)\nnobody = torch.erf(self.unused(x))\na, b, c, d = x.chunk(4, dim=1)\nreturn torch.cat([d, a], 1)",
      ),
      "model",
      [4, 6, 6],
    );
    expect(layers.map(({ type }) => type)).toEqual(["conv2d", "slice", "slice", "concatenate"]);
    expect(layers.at(-1)).toMatchObject({ inputs: ["chunk_2", "chunk"] });
    expect(layers.filter(({ type }) => type === "slice").map((layer) => [layer["start"], layer["end"]])).toEqual([
      [0, 1],
      [3, 4],
    ]);
  });

  it("has modules of the program's own by what they do", async () => {
    const program = `
import torch
from torch import nn

class Swish(nn.Module):
    def __init__(self):
        super().__init__()
        self.beta = nn.Parameter(torch.ones(1))

    def forward(self, x):
        return x * torch.sigmoid(self.beta * x)

model = nn.Sequential(nn.Conv2d(1, 2, 3), Swish())
`;
    const { layers, weights } = await translated(program, "model", [1, 6, 6]);
    expect(layers.map(({ type }) => type)).toEqual(["conv2d", "scaling", "activation", "multiply"]);
    const [name, source] = [...weights].at(-1) ?? [];
    expect(name).toMatch(/\/scale$/);
    expect([source?.layer.name, source?.parameter]).toEqual(["1", "beta"]);
  });

  it("ends images and single answers as they are", async () => {
    const image = await translated(torch("self.conv = nn.Conv2d(1, 2, 3)", "return torch.sigmoid(self.conv(x))"), "model", [1, 6, 6]);
    expect(image.layers.map(({ type }) => type)).toEqual(["conv2d", "activation"]);
    const single = await translated(torch("self.fc = nn.Linear(36, 1)", "return torch.sigmoid(self.fc(x.flatten(1)))"), "model", [1, 6, 6]);
    expect(single.layers.at(-1)).toMatchObject({ type: "activation", activation: "sigmoid" });
  });
});

describe("what cannot be written is told by its name and place", () => {
  it.each([
    ["x = self.conv(x) + torch.randn_like(x)\nreturn self.conv2(x)", /^torch\.randn_like has no counterpart/],
    ["return self.conv(x), self.conv2(x)", /^conv \(Conv2d\) makes a further output/],
    ["return self.conv(x) + torch.ones(1, 1, 6, 6)", /^\+ takes a tensor that is not made of the model's input$/],
  ])("%s", async (forward, message) => {
    const text = torch("self.conv = nn.Conv2d(1, 1, 3, padding=1)\nself.conv2 = nn.Conv2d(1, 1, 1)", forward);
    const answer = await translate(text, "model", [1, 6, 6]);
    if (answer.ok) throw new Error("It is translated.");
    expect(answer.error.message).toMatch(message);
    expect(answer.error.range).toBeDefined();
  });
});

describe("layers that are applied several times", () => {
  it("share their weights, and have them once", async () => {
    const init = "self.conv = nn.Conv2d(1, 1, 3, padding=1)\nself.bn = nn.BatchNorm2d(1)\nself.scale = nn.Parameter(torch.ones(1, 6, 6))";
    const forward = "for _ in range(3):\n    x = F.relu(self.bn(self.conv(x))) * self.scale\nreturn x";
    const { layers, weights } = await translated(torch(init, forward), "model", [1, 6, 6]);
    expect(layers.flatMap(({ name, type, weightsOf }) => (type === "activation" ? [] : [[name, weightsOf]]))).toEqual([
      ["conv", undefined],
      ["bn", undefined],
      ["scaling", undefined],
      ["conv_2", "conv"],
      ["bn_2", "bn"],
      ["scaling_2", "scaling"],
      ["conv_3", "conv"],
      ["bn_3", "bn"],
      ["scaling_3", "scaling"],
    ]);
    expect([...weights.keys()].map((name) => name.split("/")[0])).toEqual(["conv", "conv", "bn", "bn", "bn", "bn", "scaling"]);
  });

  it("do so in Keras and Flux too", async () => {
    const keras = `
from keras import Input, Model, layers
x = Input((6, 6, 2))
conv = layers.Conv2D(2, 3, padding="same", activation="relu")
model = Model(x, layers.Dense(3)(layers.Flatten()(conv(conv(x)))))
`;
    const flux = "using Flux\nconv = Conv((3, 3), 2 => 2, relu; pad = 1)\nmodel = Chain(conv, conv, Flux.flatten, Dense(72 => 3))";
    const ofKeras = await translated(keras, "model", [6, 6, 2]);
    const ofFlux = await translated(flux, "model", [6, 6, 2], "net.jl");
    for (const { layers } of [ofKeras, ofFlux]) {
      const [first, second] = layers.filter(({ type }) => type === "conv2d");
      expect(first?.["weightsOf"]).toBeUndefined();
      expect(second?.["weightsOf"]).toBe(first?.name);
    }
  });

  it("are refused where the same weights do two things", async () => {
    const init = "self.kernel = nn.Parameter(torch.ones(1, 1, 1, 1))";
    const answer = await translate(torch(init, "return F.conv2d(x, self.kernel) * self.kernel"), "model", [1, 6, 6]);
    expect(answer).toMatchObject({ ok: false, error: { message: expect.stringMatching(/uses weights in two ways/) as string } });
  });
});

describe("training as the program says", () => {
  const keras = (compile: string) => `
from keras import Input, Sequential, layers, optimizers, losses
def build():
    model = Sequential([Input((28, 28, 1)), layers.Flatten(), layers.Dense(10, activation="softmax")])
    ${compile}
    return model
`;

  it.each([
    [
      'model.compile(optimizer=optimizers.SGD(learning_rate=0.05, momentum=0.9, nesterov=True), loss="categorical_crossentropy")',
      { optimizer: { type: "sgd", learningRate: 0.05, momentum: 0.9, nesterov: true }, loss: "categoricalCrossentropy" },
    ],
    ['model.compile("adam", losses.SparseCategoricalCrossentropy())', { optimizer: { type: "adam" }, loss: "categoricalCrossentropy" }],
    ['model.compile(optimizers.RMSprop(lr=1e-4), "mse")', { optimizer: { type: "rmsprop", learningRate: 1e-4 }, loss: "meanSquaredError" }],
    ["model.compile(optimizer=optimizers.Adam(unheard_of), loss=my_loss)", {}],
    ['model.compile("adadelta", "mae"); model.fit(x, y, batch_size=64, epochs=3)', { loss: "meanAbsoluteError", batchSize: 64, epochs: 3 }],
  ])("%s", async (compile, training) => {
    const answer = await translate(keras(compile), "build()", [28, 28, 1]);
    if (!answer.ok) throw new Error(answer.error.message);
    expect((JSON.parse(answer.value.text) as { training: unknown }).training).toEqual({ data: "mnist", ...training });
  });
});

describe("Flux", () => {
  it("lies in memory as channels-first tensors do", async () => {
    const flux = `
using Flux
model = Chain(Conv((3, 5), 1 => 4; pad = (1, 2)), x -> leakyrelu.(x, 0.2f0), MaxPool((2, 2)), Flux.flatten, Dense(4 * 14 * 14 => 10))
`;
    const { layers } = await translated(flux, "model", [28, 28, 1], "net.jl");
    expect(layers).toMatchObject([
      {
        type: "conv2d",
        kernelSize: [5, 3],
        padding: [
          [2, 2],
          [1, 1],
        ],
      },
      { type: "leakyReLU", alpha: expect.closeTo(0.2, 6) as number },
      { type: "maxPooling2d" },
      { type: "flatten", order: "channelsFirst" },
      { type: "dense", units: 10 },
      { type: "activation", activation: "softmax" },
    ]);
  });
});

describe("Keras", () => {
  it("has functions and Lambda layers by what is inside", async () => {
    const keras = `
import tensorflow as tf
from tensorflow.keras import Input, Model, layers
x = Input((8, 8, 4))
halves = layers.Lambda(lambda t: t[..., 2:])(x)
y = tf.nn.relu6(layers.Conv2D(2, 1)(halves)) * 0.5
y = tf.concat([y, tf.reduce_max(y, axis=-1, keepdims=True)], axis=-1)
model = Model(x, layers.LayerNormalization()(y))
`;
    const { layers } = await translated(keras, "model", [8, 8, 4]);
    expect(layers.map(({ type }) => type)).toEqual([
      "slice",
      "conv2d",
      "activation",
      "rescaling",
      "reduceMax",
      "concatenate",
      "layerNormalization",
    ]);
    expect(layers[0]).toMatchObject({ axis: 2, start: 2, end: 4 });
  });
});
