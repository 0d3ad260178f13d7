import { describe, expect, it } from "vitest";
import { toCnnJson } from "../../../src/reading/toCnnJson.js";
import { readSource } from "../../../src/sources/readSource.js";
import { packagedGrammars } from "../../fixtures/grammars.js";

const grammars = packagedGrammars();

async function trainingOf(text: string, target: string, input: readonly number[], file: string): Promise<Record<string, unknown>> {
  const source = await readSource(text, file, grammars, { patience: 25 });
  const reading = source?.read(target, [input]);
  const answer = reading && toCnnJson(reading);
  if (!answer?.ok) throw new Error(answer?.error.message ?? "It is not read.");
  return (JSON.parse(answer.value.text) as { training?: Record<string, unknown> }).training ?? {};
}

const torch = (rest: string) =>
  trainingOf(
    `import argparse
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim
from torch.utils.data import DataLoader

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.fc = nn.Linear(4 * 6 * 6, 10)

    def forward(self, x):
        return self.fc(torch.flatten(self.conv(x), 1))

${rest}
`,
    "Net()",
    [3, 8, 8],
    "net.py",
  );

const ADAM = { type: "adam", learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };
const SGD = { type: "sgd", learningRate: 0.01, momentum: 0, nesterov: false, weightDecay: 0 };

describe("optimizers of PyTorch, with its own defaults", () => {
  it.each([
    [
      "optim.SGD(net.parameters(), lr=0.1, momentum=0.9, weight_decay=5e-4)",
      { ...SGD, learningRate: 0.1, momentum: 0.9, weightDecay: 5e-4 },
    ],
    ["torch.optim.SGD(net.parameters(), 0.05, 0.8, nesterov=True)", { ...SGD, learningRate: 0.05, momentum: 0.8, nesterov: true }],
    ["optim.Adam(net.parameters())", ADAM],
    [
      "optim.Adam(filter(lambda p: p.requires_grad, net.parameters()), lr=2e-4, betas=(0.5, 0.99))",
      { ...ADAM, learningRate: 2e-4, beta1: 0.5, beta2: 0.99 },
    ],
    ["optim.AdamW(net.parameters(), lr=3e-4, fused=True)", { ...ADAM, type: "adamw", learningRate: 3e-4, weightDecay: 0.01 }],
    [
      "optim.RMSprop(net.parameters(), lr=1e-3)",
      { type: "rmsprop", learningRate: 1e-3, rho: 0.99, momentum: 0, epsilon: expect.closeTo(1e-16, 24) as number, weightDecay: 0 },
    ],
    ["optim.SGD(net.parameters(), lr=0.1, dampening=0.5)", undefined],
    ["optim.Adam(net.parameters(), lr=1e-3, amsgrad=True)", undefined],
    ["optim.Adam([{'params': net.conv.parameters()}, {'params': net.fc.parameters(), 'lr': 1e-2}], lr=1e-3)", undefined],
    ["optim.Adam(net.parameters(), lr=find_rate())", undefined],
    ["optim.Adam(net.parameters(), **settings)", undefined],
    ["optim.Adadelta(net.parameters(), lr=1.0)", undefined],
    ["optim.SGD(net.parameters(), lr=0)", undefined],
    ["optim.SGD(a.parameters(), lr=0.1), optim.SGD(b.parameters(), lr=0.2)", undefined],
    ["optim.SGD(a.parameters(), lr=0.01), optim.SGD(b.parameters(), lr=0.01)", SGD],
  ])("%s", async (made, optimizer) => {
    expect((await torch(`def train(net):\n    optimizer = ${made}\n`))["optimizer"]).toEqual(optimizer);
  });
});

describe("training of PyTorch's programs", () => {
  it("takes the command line's options as they are without one", async () => {
    const program = `
def train(args, model, device, loader, optimizer, epoch):
    model.train()
    for data, target in loader:
        loss = F.nll_loss(model(data), target)

def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--batch-size', type=int, default=64)
    parser.add_argument('--test-batch-size', type=int, default=1000)
    parser.add_argument('-e', '--epochs', type=int, default=14)
    parser.add_argument('--lr', type=float, default=0.5)
    parser.add_argument('--gamma', type=float, default=0.7)
    args = parser.parse_args()
    train_kwargs = {'batch_size': args.batch_size}
    test_kwargs = {'batch_size': args.test_batch_size}
    train_loader = DataLoader(dataset1, **train_kwargs)
    test_loader = DataLoader(dataset2, **test_kwargs)
    model = Net()
    optimizer = optim.SGD(model.parameters(), lr=args.lr)
    scheduler = optim.lr_scheduler.StepLR(optimizer, step_size=3, gamma=args.gamma)
    for epoch in range(1, args.epochs + 1):
        train(args, model, device, train_loader, optimizer, epoch)
`;
    expect(await torch(program)).toEqual({
      optimizer: { ...SGD, learningRate: 0.5 },
      schedule: { type: "step", everyEpochs: 3, factor: 0.7 },
      loss: "categoricalCrossentropy",
      batchSize: 64,
      epochs: 14,
    });
  });

  it("takes names that are set at the top, in settings, and handed on", async () => {
    const program = `
class Config:
    lr = 0.02
config = Config()
BATCH = 2 ** 5
start_epoch = load_epoch()
def loaders(size):
    return DataLoader(data, batch_size=size, shuffle=True), DataLoader(data, batch_size=100, shuffle=False)
loaders(BATCH)
def run(epochs=20):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = torch.optim.Adam(net.parameters(), lr=config.lr)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=epochs, eta_min=1e-4)
    for epoch in tqdm(range(start_epoch, start_epoch + epochs)):
        step(epoch)
`;
    expect(await torch(program)).toEqual({
      optimizer: { ...ADAM, learningRate: 0.02 },
      schedule: { type: "cosine", finalFactor: 0.005 },
      loss: "binaryCrossentropy",
      batchSize: 32,
      epochs: 20,
    });
  });

  it("knows nothing of what differs from place to place", async () => {
    const program = `
def run(lr=0.1, epochs=5):
    optimizer = optim.SGD(net.parameters(), lr=lr)
    for epoch in range(epochs):
        loss = F.mse_loss(net(x), y) if epoch > 2 else F.l1_loss(net(x), y)
run(lr=0.2)
run(epochs=7)
loader = DataLoader(data, batch_size=len(data))
`;
    expect(await torch(program)).toEqual({});
  });

  it("takes what a model says itself before what others of its file say", async () => {
    const text = `
import torch
from torch import nn
import pytorch_lightning as pl

class Net(pl.LightningModule):
    def __init__(self, rate=0.03):
        super().__init__()
        self.rate = rate
        self.fc = nn.Linear(4, 1)

    def forward(self, x):
        return self.fc(x)

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=self.rate)

class Other(nn.Module):
    def fit(self):
        return torch.optim.Adam(self.parameters())

trainer = pl.Trainer(max_epochs=4)
`;
    expect(await trainingOf(text, "Net()", [4], "net.py")).toEqual({ optimizer: { ...SGD, learningRate: 0.03 }, epochs: 4 });
  });
});

describe("TensorFlow.js", () => {
  const tfjs = (rest: string) =>
    trainingOf(
      `import * as tf from '@tensorflow/tfjs';
const RATE = 0.15;
const model = tf.sequential();
model.add(tf.layers.flatten({inputShape: [8, 8, 3]}));
model.add(tf.layers.dense({units: 10, activation: 'softmax'}));
${rest}`,
      "model",
      [8, 8, 3],
      "net.js",
    );

  it.each([
    [
      "optimizer: tf.train.adam(1e-4), loss: 'categoricalCrossentropy'",
      { optimizer: { type: "adam", learningRate: 1e-4, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }, loss: "categoricalCrossentropy" },
    ],
    [
      "optimizer: tf.train.momentum(RATE, 0.9), loss: tf.losses.meanSquaredError",
      { optimizer: { type: "sgd", learningRate: 0.15, momentum: 0.9, nesterov: false }, loss: "meanSquaredError" },
    ],
    [
      "optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy'",
      { optimizer: { type: "sgd", learningRate: 0.01 }, loss: "categoricalCrossentropy" },
    ],
    ["optimizer: 'adagrad', loss: 'hinge'", {}],
    ["optimizer: tf.train.adam(ui.rate()), loss", {}],
  ])("compile({%s})", async (config, training) => {
    expect(await tfjs(`model.compile({${config}, metrics: ['accuracy']});`)).toEqual(training);
  });

  it("is read where it is never run", async () => {
    const program = `
async function train(data) {
  const optimizer = tf.train.rmsprop(RATE);
  const loss = 'meanSquaredError';
  model.compile({optimizer, loss});
  const batchSize = 320;
  await model.fit(data.xs, data.labels, {batchSize, epochs: 6, callbacks: {onBatchEnd: () => {}}});
}`;
    expect(await tfjs(program)).toEqual({
      optimizer: { type: "rmsprop", learningRate: 0.15, rho: 0.9, momentum: 0, epsilon: 1e-7 },
      loss: "meanSquaredError",
      batchSize: 320,
      epochs: 6,
    });
  });
});

describe("Flux", () => {
  const flux = (rest: string) =>
    trainingOf(`using Flux\nmodel = Chain(Flux.flatten, Dense(8 * 8 * 3 => 10))\n${rest}`, "model", [8, 8, 3], "net.jl");

  const { weightDecay: _, ...adam } = ADAM;

  it.each([
    ["Adam(3e-4)", { ...adam, learningRate: 3e-4 }],
    ["Descent()", { type: "sgd", learningRate: 0.1 }],
    ["Nesterov(0.01)", { type: "sgd", learningRate: 0.01, momentum: 0.9, nesterov: true }],
    ["AdamW(; eta = 1e-3, lambda = 0.1)", { ...adam, type: "adamw", weightDecay: 0.1 }],
    ["OptimiserChain(WeightDecay(1e-4), Adam(1e-3))", { ...adam, weightDecay: 1e-4 }],
    ["OptimiserChain(ClipNorm(1.0), Adam(1e-3))", undefined],
    ["RAdam()", undefined],
  ])("%s", async (rule, optimizer) => {
    expect((await flux(`state = Flux.setup(${rule}, model)`))["optimizer"]).toEqual(optimizer);
  });

  it("takes settings of structs and named tuples", async () => {
    const program = `
Base.@kwdef mutable struct Args
    η = 3e-4
    batchsize::Int = 64
end
settings = (; epochs = 12, seed = 1)
function train(; kws...)
    args = Args(; kws...)
    loader = Flux.DataLoader((x, y); batchsize = args.batchsize, shuffle = true)
    opt = Flux.setup(Adam(args.η), model)
    for epoch in 1:settings.epochs
        for (x, y) in loader
            grads = Flux.gradient(m -> Flux.logitcrossentropy(m(x), y), model)
        end
    end
end
`;
    expect(await flux(program)).toEqual({
      optimizer: { ...adam, learningRate: 3e-4 },
      loss: "categoricalCrossentropy",
      batchSize: 64,
      epochs: 12,
    });
  });
});

describe("the end of a network", () => {
  it("stays as it is where its loss is no crossentropy of classes", async () => {
    const end = async (loss: string) => {
      const text = `import torch.nn as nn\nmodel = nn.Sequential(nn.Flatten(), nn.Linear(12, 5))\ncriterion = nn.${loss}()`;
      const reading = (await readSource(text, "net.py", grammars, { patience: 25 }))?.read("model", [[3, 2, 2]]);
      const answer = reading && toCnnJson(reading);
      return answer?.ok ? (JSON.parse(answer.value.text) as { layers: { type: string }[] }).layers.at(-1)?.type : undefined;
    };
    expect(await end("CrossEntropyLoss")).toBe("activation");
    expect(await end("MSELoss")).toBe("dense");
    expect(await end("BCEWithLogitsLoss")).toBe("dense");
  });
});
