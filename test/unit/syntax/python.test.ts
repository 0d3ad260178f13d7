import { describe, expect, it } from "vitest";
import { readPython, treeOf } from "../interpret/python.js";
import { show } from "./show.js";

const python = async (code: string) => show((await treeOf(code)).body);

describe("Python's expressions", () => {
  it.each([
    ["1_000 + 0x1F", "(1000 + 31)"],
    ["a // 2 ** -3", "(a // (2 ** (- 3)))"],
    ["1 < x <= 3", "(1 < x <= 3)"],
    ["a is not None", "(a is not none)"],
    ["x not in y", "(x not in y)"],
    ["not a and b or c", "(((not a) and b) or c)"],
    ["1 if a else 2", "(a ? 1 : 2)"],
    ["[a, *b]", "[a, ...b]"],
    ["f(x, *y, a=1, **z)", "f(x, spread y, named 1, namedSpread z)"],
    ["x[1:2, ..., None]", "x[slice, ellipsis, none]"],
    ["'a' \"b\"", '"ab"'],
    ["f'a{b}c'", 'template("a", b, "c")'],
    ["f'{b!r:>5}'", 'template(format(repr(b), ">5"))'],
    ["r'\\d'", '"\\\\d"'],
    ["a.b.c(1)[0].d", "a.b.c(1)[0].d"],
    ["await f(x)", "f(x)"],
    ["(yield)", "unknown<yield>"],
  ])("%s", async (code, expected) => {
    expect(await python(code)).toEqual([expected]);
  });
});

describe("Python's statements", () => {
  it.each([
    ["a = b = c", "a = b = c"],
    ["x: int = 3", "x = 3"],
    ["a += 1", "a += 1"],
    ["import a.b as c", "import a.b as c"],
    ["from ..a import (b as c, d)", "import a (b as c, d as d)"],
    ["from a import *", "import a all ()"],
    ["if a: b\nelif c: d\nelse: e", "if a {b} else {if c {d} else {e}}"],
    ["while a: break", "while a {break}"],
    ["for i in x: pass", "for i in x {pass}"],
    ["del a, b[0]", "delete a, b[0]"],
    ["raise E(1) from x", "raise E(1)"],
  ])("%s", async (code, expected) => {
    expect((await python(code)).join("; ")).toBe(expected);
  });

  it("say which functions yield, those inside of them apart", async () => {
    const { body } = await treeOf("def f():\n    yield 1\ndef g():\n    def h():\n        x = yield\n    return h\nk = lambda: (yield)");
    expect(body.flatMap((each) => (each.kind === "function" ? [each.function.isGenerator ?? false] : []))).toEqual([true, false]);
  });

  it("keep decorators, annotations and kinds of parameters", async () => {
    const { body } = await treeOf("@a.b(1)\n@c\ndef f(x, /, y: int = 2, *z, k, **kw) -> int: pass");
    const [first] = body;
    if (first?.kind !== "function") throw new Error("no function");
    expect(first.function.decorators).toHaveLength(2);
    expect(first.function.parameters.map(({ name, kind, annotation }) => `${name} ${kind} ${annotation?.kind ?? ""}`.trim())).toEqual([
      "x positionalOnly",
      "y normal name",
      "z rest",
      "k namedOnly",
      "kw namedRest",
    ]);
  });

  it("have their comments beside them", async () => {
    const { comments } = await treeOf("# cnn: input 3x32x32\nx = 1  # one\n");
    expect(comments.map(({ text }) => text)).toEqual(["cnn: input 3x32x32", "one"]);
  });

  it("match as chains of tests", async () => {
    const code = (subject: string) => `
def kind(x):
    match x:
        case 1 | 2: return "few"
        case "a" if False: return "never"
        case None: return "none"
        case [p, q]: return p
        case other: return other
r = kind(${subject})`;
    const value = async (subject: string) => (await readPython(code(subject))).value("r");
    expect(await value("2")).toMatchObject({ value: "few" });
    expect(await value("None")).toMatchObject({ value: "none" });
    // What takes a value apart cannot be told: it may be either of the last two.
    expect(await value("7")).toMatchObject({ kind: "unknown" });
  });
});

describe("Python that is being written", () => {
  const AROUND = (line: string) => `class A:
    def f(self):
        self.a = 1
        ${line}
        self.b = 2

    def g(self):
        return 3

def last(): return 4
`;

  it.each([
    "self.c = Conv2d(8, ",
    "self.c = Conv2d(8, [1, 2",
    "self.c = {'a': 1,",
    "self.c = 'abc",
    "self.c = Conv2d(3, 'abc",
    "self.c = ",
    "self.c.",
    "if self.x(",
    "return (",
    "self.c = Conv2d(3, 4))",
  ])("keeps what stands around %s", async (line) => {
    const code = AROUND(line);
    const module = await treeOf(code);
    expect(module.errors.length).toBeGreaterThan(0);
    const text = show(module.body).join("; ");
    for (const part of ["self.a = 1", "self.b = 2", "return 3", "return 4"]) expect(text).toContain(part);
  });

  it("tells where it is broken, and moves nothing", async () => {
    const code = AROUND("self.c = Conv2d(8, ");
    const { errors, body } = await treeOf(code);
    expect(errors.map(({ start, end }) => code.slice(start, end).trim())).toEqual(["self.c = Conv2d(8,"]);
    const last = body.at(-1);
    expect(last && code.slice(last.range.start, last.range.end)).toBe("def last(): return 4");
  });

  it("is unknown where it nests deeper than anybody writes", async () => {
    const { body } = await treeOf(`x = ${"(".repeat(5000)}1${")".repeat(5000)}\ny = ${"1 + ".repeat(5000)}1`);
    expect(body.length).toBeLessThanOrEqual(2);
  });
});
