import { beforeAll, expect, it, vi } from "vitest";
import { sourceLanguage } from "../../../src/reading/languages.js";
import { Source } from "../../../src/reading/source.js";
import { bounded } from "../../fixtures/fuzz.js";
import { packagedGrammars } from "../../fixtures/grammars.js";

const grammars = packagedGrammars();
beforeAll(() => grammars.load("python", "javascript"));

const javascript = (text: string) => new Source(text, sourceLanguage("javascript", grammars), { file: "net.js" });
const python = (text: string) => new Source(text, sourceLanguage("python", grammars), { file: "net.py", patience: 3 });
const messages = (source: Source) => [...source.problems, ...source.targets.flatMap(({ expression }) => source.read(expression).problems)];

it("stops where a model grows without an end", async () => {
  const text = `
const tf = require("@tensorflow/tfjs");
const net = tf.sequential();
let filters = 32;
while (filters > 8) net.add(tf.layers.conv2d({ filters, kernelSize: 3, inputShape: [32, 32, 3], padding: "same" }));
`;
  const problems = await bounded("a model without an end", () => messages(javascript(text)));
  expect(problems[0]?.message).toMatch(/^Reading stopped here: /);
});

it("stops where a model has more layers than anybody looks at", async () => {
  const text = `
import torch.nn as nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 8)
    def forward(self, x):
        for _ in range(100):
            for _ in range(200):
                x = self.fc(x)
        return x
`;
  // A slow machine may run out of time before.
  expect(python(text).read("Net()", [[8]]).problems[0]?.message).toMatch(/more than (10000 layers and operations|\d+ ms)$/);
});

it("does not train to find out whether a function makes a model", async () => {
  const text = `
import torch.nn as nn
def train():
    model = nn.Linear(8, 8)
    while True:
        step = 1
    return model
def make():
    return nn.Linear(8, 8)
`;
  const targets = await bounded("finding models", () => python(text).targets);
  expect(targets.map(({ expression }) => expression)).toEqual(["make()"]);
});

it("reads to the end where there is time, however slow the machine", () => {
  const text = `
import torch.nn as nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 8)
    def forward(self, x):
        for _ in range(2000):
            x = self.fc(x)
        return x
`;
  const now = vi.spyOn(Date, "now");
  // Each look at the clock takes 10 ms.
  const slow = (patience: number) => {
    let time = 0;
    now.mockImplementation(() => (time += 10));
    return new Source(text, sourceLanguage("python", grammars), { file: "net.py", patience }).read("Net()", [[8]]);
  };
  expect(slow(1).problems[0]?.message).toMatch(/more than \d+ ms$/);
  expect(slow(25).layers).toHaveLength(2000);
  now.mockRestore();
});

it("says that an import which a model asks for first takes too long, and leaves time for the file's own models", async () => {
  const text = `
import torch.nn as nn
from endless import width
class Plain(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Linear(8, 4))
class Wide(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Linear(8, width))
class Last(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Linear(8, 2))
`;
  const read = (path: string) => (path === "endless.py" ? "width = 5\nwhile True: pass" : undefined);
  const source = await bounded("an import without an end", () => {
    const found = new Source(text, sourceLanguage("python", grammars), { file: "net.py", workspace: { read } });
    for (const { expression } of found.targets) found.read(expression);
    return found;
  });
  expect(source.targets.map(({ name }) => name)).toEqual(["Plain", "Wide", "Last"]);
  expect(source.problems.map(({ message }) => message)).toEqual(["Reading stopped here: what it imports takes too long to read"]);
  expect(source.read("Wide()", [[8]]).outputs).toEqual([[1, 5]]);
});
