import { beforeAll, describe, expect, it } from "vitest";
import { LineIndex } from "../../../src/base/text.js";
import { Analyzing, analyzed } from "../../../src/host/annotate/code/codeAnalysis.js";
import { isHalfWritten, type Known, likelyTargets, placeOf, withNext, withoutNext } from "../../../src/host/annotate/code/remembered.js";
import { sourceLanguage } from "../../../src/reading/languages.js";
import { Source } from "../../../src/reading/source.js";
import type { ModelTarget } from "../../../src/reading/types.js";
import { packagedGrammars } from "../../fixtures/grammars.js";

const grammars = packagedGrammars();
beforeAll(() => grammars.load("python"));

const CODE = `import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 6, 5)
        self.fc = nn.Linear(864, 10)

    def forward(self, x):
        x = self.conv(x)
        x = F.max_pool2d(x, 2)
        x = x.flatten(1)
        return self.fc(x)


other = nn.Linear(4, 2)
`;

/** What is known after texts that were typed one after the other. */
const typed = (...texts: readonly string[]) =>
  texts.reduce<Known | undefined>((known, text) => {
    const isOurs = text.includes("torch");
    const source = isOurs ? new Source(text, sourceLanguage("python", grammars), { file: "net.py", patience: 25 }) : undefined;
    if (!source || isHalfWritten(known, source)) return known && withoutNext(known, text);
    return withNext(known, text, analyzed(source), true);
  }, undefined);

/** The lines of a text, without their indentation, that have hints: those that are known now, and those of before. */
function hinted(known: Known | undefined): {
  readonly now: readonly string[];
  readonly before: readonly string[];
  readonly models: readonly string[];
} {
  if (!known) return { now: [], before: [], models: [] };
  const lines = new LineIndex(known.text);
  const beside = ({ analysis, changes }: Known["newest"]) =>
    analysis.notes.flatMap((note) => {
      const place = placeOf(note);
      return place ? (known.text.split("\n")[lines.position(changes.shift(place).end).line]?.trim() ?? "") : [];
    });
  const isNow = known.newest.analysis.source.text === known.text;
  const before = [...(isNow ? [] : [known.newest]), ...known.lost];
  return {
    now: isNow ? beside(known.newest) : [],
    before: before.flatMap(beside),
    models: before.flatMap(({ analysis }) => analysis.targets.map(({ expression }) => expression)),
  };
}

const MADE = ["self.conv = nn.Conv2d(1, 6, 5)", "self.fc = nn.Linear(864, 10)"];
const FORWARD = ["x = self.conv(x)", "x = F.max_pool2d(x, 2)", "x = x.flatten(1)", "return self.fc(x)"];
const insert = (text: string, behind: string, added: string) => text.replace(behind, () => behind + added);

describe("what is remembered while code is written", () => {
  it("is nothing where all is known", () => {
    expect(hinted(typed(CODE))).toEqual({ now: [...MADE, ...FORWARD, "other = nn.Linear(4, 2)"], before: [], models: [] });
  });

  it("is a model whose new layer has half a name, and no other", () => {
    const half = insert(CODE, "nn.Conv2d(1, 6, 5)", "\n        self.more = self.con(6)");
    expect(hinted(typed(CODE, half))).toEqual({ now: ["other = nn.Linear(4, 2)"], before: [...MADE, ...FORWARD], models: ["Net()"] });
    const whole = half.replace("self.con(6)", "nn.Conv2d(6, 8, 3)");
    expect(hinted(typed(CODE, half, whole)).before).toEqual([]);
  });

  it("is nothing where a new layer lacks its arguments: the model says the rest", () => {
    const half = insert(CODE, "nn.Conv2d(1, 6, 5)", "\n        self.more = nn.Conv2d(6, )");
    expect(hinted(typed(CODE, half))).toEqual(hinted(typed(CODE)));
  });

  it("is what comes behind a function whose name is half written, though lines are added elsewhere", () => {
    const half = CODE.replace("F.max_pool2d(x, 2)", "F.max_po(x, 2)");
    const [first, ...others] = FORWARD.map((line) => line.replace("max_pool2d", "max_po"));
    expect(hinted(typed(CODE, half)).before).toEqual(expect.arrayContaining(others));
    const longer = insert(half, "super().__init__()", "\n        self.size = 4\n        self.depth = 3");
    const { now, before } = hinted(typed(CODE, half, longer));
    expect(now).toContain(first);
    expect(before).toEqual(expect.arrayContaining(others));
  });

  it("keeps its places where several lines are broken", () => {
    const one = CODE.replace("nn.Conv2d(1, 6, 5)", "nn.Conv2d(1, ");
    const two = one.replace("nn.Linear(4, 2)", "nn.Linear(4, 2");
    expect(hinted(typed(CODE, one, two)).before).toEqual([
      "self.conv = nn.Conv2d(1,",
      ...MADE.slice(1),
      ...FORWARD,
      "other = nn.Linear(4, 2",
    ]);
  });

  it("forgets lines that become comments or go, and models that get another name", () => {
    const commented = CODE.replace("        x = F.max_pool2d(x, 2)", "        # x = F.max_pool2d(x, 2)");
    expect(hinted(typed(CODE, commented)).before.filter((line) => line.startsWith("#"))).toEqual([]);
    const broken = CODE.replace("other = nn.Linear(4, 2)", "other = (");
    expect(hinted(typed(CODE, broken)).before).toEqual([...MADE, ...FORWARD]);
    expect(hinted(typed(CODE, CODE.replace("class Net", "class Ne"))).models).toEqual([]);
    expect(hinted(typed(CODE, "x = (")).before).toEqual([]);
  });

  it("is all while the import is written anew", () => {
    const imported = CODE.replace("import torch.nn as nn", "import torc").replace("import torch.nn.functional as F", "");
    const { now, before } = hinted(typed(CODE, imported));
    expect([now, before]).toEqual([[], [...MADE, ...FORWARD, "other = nn.Linear(4, 2)"]]);
  });
});

describe("a long text of which one model has been read again", () => {
  const TWO = `${CODE}

class Next(nn.Module):
    def __init__(self):
        super().__init__()
        self.dense = nn.Linear(4, 3)

    def forward(self, x):
        return self.dense(x)
`;
  const python = () => sourceLanguage("python", grammars);
  const analyzing = (text: string, likely?: readonly ModelTarget[]) =>
    new Analyzing(new Source(text, python(), { file: "net.py", patience: 25 }), likely);

  it.each([
    ["the first", "nn.Linear(864, 10)", "nn.Linear(864, 7)", "Net()", "other"],
    ["the last", "nn.Linear(4, 3)", "nn.Linear(4, 30)", "Next()", "Net()"],
  ])("has that with its new shapes, and the others as they were: %s", (_which, older, newer, changed, kept) => {
    const before = typed(TWO);
    if (!before) throw new Error("nothing is known of the text");
    const text = TWO.replace(older, newer);
    const { targets: likely, touched } = likelyTargets(before, text);
    expect(likely[0]?.expression).toBe(changed);
    expect(likely).toHaveLength(3);
    expect(touched).toBe(1);
    const reading = analyzing(text, likely);
    reading.step();
    const now = withNext(before, text, reading.analysis, reading.isWhole);
    expect(now.newest.analysis.targets.map(({ expression }) => expression)).toEqual([changed]);
    expect(now.lost.flatMap(({ analysis }) => analysis.targets.map(({ expression }) => expression))).toContain(kept);
    expect([now.newest, ...now.lost].map(({ stale }) => stale)).not.toContain(true);
    const all = ({ newest, lost }: Known) => [newest, ...lost].flatMap(({ analysis: { notes } }) => notes).length;
    expect(all(now)).toBe(all(before));
    while (!reading.isWhole) reading.step();
    const whole = withNext(before, text, reading.analysis, reading.isWhole);
    expect(whole).toMatchObject({ newest: { stale: false }, lost: [] });
    expect(whole.newest.analysis).toEqual(expect.objectContaining({ targets: analyzed(reading.source).targets }));
  });

  it("counts the models that share what is edited", () => {
    const part = (name: string) => `

class ${name}(nn.Module):
    def __init__(self):
        super().__init__()
        self.next = Next()

    def forward(self, x):
        return self.next(x)
`;
    const shared = `${TWO}${part("Left")}${part("Right")}`;
    const before = typed(shared);
    if (!before) throw new Error("nothing is known of the text");
    const { targets, touched } = likelyTargets(before, shared.replace("nn.Linear(4, 3)", "nn.Linear(4, 30)"));
    expect(targets.slice(0, touched).map(({ expression }) => expression)).toEqual(["Left()", "Right()"]);
    expect(targets).toHaveLength(4);
  });

  it("does not keep a model that turns out to be part of another one", () => {
    const before = typed(TWO);
    if (!before) throw new Error("nothing is known of the text");
    const text = TWO.replace("        x = x.flatten(1)\n", "").replace("self.fc = nn.Linear(864, 10)", "self.next = Next()");
    const reading = analyzing(text, likelyTargets(before, text).targets);
    while (!reading.isWhole) reading.step();
    expect(reading.analysis.targets.map(({ expression }) => expression)).toEqual(["Net()", "other"]);
  });
});
