import { describe, expect, it } from "vitest";
import { ReadingStopped } from "../../../src/interpret/errors.js";
import { readPython, shown } from "./python.js";

/** Programs that would not end, or take all memory. Each ends at once, with the place. */
const ENDLESS: Readonly<Record<string, string>> = {
  "a loop without an end": "while True:\n    pass",
  "nested loops": "for i in range(10**4):\n    for j in range(10**4):\n        pass",
  "a function that calls itself": "def f(n):\n    return f(n + 1)\nf(0)",
  "a property that asks for itself": "class C:\n    @property\n    def x(self): return self.x\nC().x",
  "a list that doubles": "a = [0]\nfor i in range(64):\n    a = a + a",
  "a list that doubles in place": "a = [0]\nfor i in range(64):\n    a += a",
  "a text that doubles": "a = 'x'\nfor i in range(64):\n    a += a",
  "many long lists": "a = [[0] * 100000 for _ in range(100000)]",
  "a list that holds itself": "a = []\na.append(a)\nb = str(a)",
};

describe("the budget", () => {
  for (const [name, code] of Object.entries(ENDLESS)) {
    it(`ends ${name}`, async () => {
      const start = performance.now();
      const { failures } = await readPython(`${code}\n`, { limits: { milliseconds: 400 } });
      expect(failures).toHaveLength(1);
      expect(failures[0]).toBeInstanceOf(ReadingStopped);
      expect(failures[0]?.message).toMatch(/^Reading stopped here: /);
      expect(performance.now() - start).toBeLessThan(10_000);
    });
  }

  it("knows nothing of what is too large, and reads on", async () => {
    const code =
      "a = 2 ** 10 ** 9\nb = 'x' * 10 ** 9\nc = [0] * 10 ** 9\nd = list(range(10 ** 9))\ne = '%1000000000s' % 1\nr = len(range(10 ** 9)), 10 ** 9 in range(5)";
    const { value, failures } = await readPython(code.replace(", 10 ** 9 in range(5)", ""));
    expect(failures).toEqual([]);
    expect(["a", "b", "c", "d"].map((name) => value(name)?.kind)).toEqual(["unknown", "unknown", "unknown", "unknown"]);
    expect(await shown("r = len(range(10 ** 9))", "r")).toBe("1000000000");
  });

  it("passes loops over that run too often, and says so", async () => {
    const { value, failures, interpreter } = await readPython("n = 0\nfor i in range(10**9):\n    n += i\nr = 1");
    expect([failures, value("n")?.kind]).toEqual([[], "unknown"]);
    expect(interpreter.trace.notes.map(({ why }) => why)).toEqual(["the loop runs too often to be read"]);
  });

  it("cuts generators off that have no end", async () => {
    expect(await shown("def g():\n    i = 0\n    while True:\n        yield i\n        i += 1\nx = g()\nr = next(x), next(x)", "r")).toBe(
      "(0, 1)",
    );
  });

  it("is full again for each action", async () => {
    const { interpreter, value } = await readPython("def f():\n    while True: pass", { limits: { milliseconds: 100 } });
    const callee = value("f");
    if (!callee) throw new Error("f is missing");
    const place = { file: "", range: { start: 0, end: 0 } };
    const attempt = () => interpreter.attempt(() => interpreter.call(callee, [], place));
    expect([attempt().ok, attempt().ok]).toEqual([false, false]);
    expect(interpreter.stack).toEqual([]);
  });

  it("leaves a file enough when what it imports is too much", async () => {
    const files: Readonly<Record<string, string>> = { "endless.py": "x = 1\nwhile True: pass", "other.py": "y = 2" };
    const code = "from endless import x\nfrom other import y\nr = [x, 2 + 1, y]";
    const { failures, value } = await readPython(code, { limits: { steps: 1000 }, workspace: { read: (path) => files[path] } });
    expect(failures.map(({ message }) => message)).toEqual(["Reading stopped here: what it imports takes too long to read"]);
    expect(failures[0]?.place.range).toEqual({ start: 0, end: code.indexOf("\n") });
    expect(value("r")).toMatchObject({ items: [{ value: 1 }, { value: 3 }, { kind: "unknown" }] });
  });
});
