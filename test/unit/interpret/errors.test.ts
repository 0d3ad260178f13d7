import { describe, expect, it } from "vitest";
import { ProgramError } from "../../../src/interpret/errors.js";
import { readPython } from "./python.js";

/** What CPython 3 raises, with the code that does. */
const ERRORS: readonly (readonly [code: string, type: string, message: string, at: string])[] = [
  ["def f(a, b): pass\nf(1)", "TypeError", "f() missing 1 required positional argument: 'b'", "f(1)"],
  ["def f(a): pass\nf(1, 2)", "TypeError", "f() takes 1 positional argument but 2 were given", "f(1, 2)"],
  ["def f(a, b=1): pass\nf(1, 2, 3)", "TypeError", "f() takes from 1 to 2 positional arguments but 3 were given", "f(1, 2, 3)"],
  ["def f(a): pass\nf(1, b=2)", "TypeError", "f() got an unexpected keyword argument 'b'", "f(1, b=2)"],
  ["def f(a, b): pass\nf(1, c=2)", "TypeError", "f() got an unexpected keyword argument 'c'", "f(1, c=2)"],
  ["def f(a): pass\nf(1, a=2)", "TypeError", "f() got multiple values for argument 'a'", "f(1, a=2)"],
  ["def f(*, k): pass\nf()", "TypeError", "f() missing 1 required keyword-only argument: 'k'", "f()"],
  [
    "class C:\n    def __init__(self, a, b, c): pass\nC()",
    "TypeError",
    "C.__init__() missing 3 required positional arguments: 'a', 'b', and 'c'",
    "C()",
  ],
  ["class C: pass\nC().x", "AttributeError", "'C' object has no attribute 'x'", "C().x"],
  ["[1][3]", "IndexError", "list index out of range", "[1][3]"],
  ["{'a': 1}['b']", "KeyError", "'b'", "{'a': 1}['b']"],
  ["a, b = 1, 2, 3", "ValueError", "too many values to unpack (expected 2, got 3)", "a, b"],
  ["5()", "TypeError", "'int' object is not callable", "5()"],
  ["for i in 5: pass", "TypeError", "'int' object is not iterable", "5"],
  ["1 + 'a'", "TypeError", "unsupported operand type(s) for +: 'int' and 'str'", "1 + 'a'"],
  ["1 < 'a'", "TypeError", "'<' not supported between instances of 'int' and 'str'", "1 < 'a'"],
  ["raise ValueError('bad depth')", "ValueError", "bad depth", "raise ValueError('bad depth')"],
  ["assert 1 == 2, 'x'", "AssertionError", "this assertion fails", "assert 1 == 2, 'x'"],
];

describe("what a program surely raises", () => {
  for (const [code, type, message, at] of ERRORS) {
    it(`${type}: ${message}`, async () => {
      const { failures } = await readPython(code);
      const [failure] = failures;
      if (!(failure instanceof ProgramError)) throw new Error("nothing is raised");
      expect([failure.problem.code, failure.message]).toEqual([type, message]);
      expect(code.slice(failure.place.range.start, failure.place.range.end)).toBe(at);
    });
  }

  it("is nothing where something may be there all the same", async () => {
    const code =
      "import unread\nclass C(unread.Base):\n    pass\nc = C(1, 2)\nc.layers[3](4) + 1\nfor x in c: pass\nunread.f()[0].g(*c, **c)";
    expect((await readPython(code)).failures).toEqual([]);
  });

  it("keeps the rest of the file", async () => {
    const { value } = await readPython("x = [][0]\ny = 2");
    expect([value("x")?.kind, value("y")]).toEqual(["unknown", { kind: "number", value: 2, float: false, range: { start: 14, end: 15 } }]);
  });
});
