import { describe, expect, it } from "vitest";
import type { Library } from "../../../src/interpret/library.js";
import { native } from "../../../src/interpret/natives.js";
import type { TensorOperations } from "../../../src/interpret/tensorOperations.js";
import { type Call, type TensorValue, unknown, type Value } from "../../../src/interpret/values.js";
import { readPython, shown } from "./python.js";

/** `unread` is a module nobody knows, and so is all that comes of it. */
const UNKNOWN = "import unread\nu = unread.thing()\n";

function tensor(...shape: number[]): TensorValue {
  return { kind: "tensor", tensor: { shape, dtype: "float32" } };
}

function applied(result: TensorValue, call: Call): TensorValue {
  const outcome = {
    outputs: [result.tensor.shape],
    parameters: [],
    multiplyAdds: 0,
    reach: "pointwise",
    formulas: () => [],
    catalogue: [],
  } as const;
  const at = { name: "", madeAt: call.place, calledAt: call.place, owner: result, inputs: [], results: [result.tensor] };
  call.interpreter.trace.applications.push({ ...outcome, ...at, type: "layer", role: "function", argumentPlaces: new Map() });
  return result;
}

const tensors: TensorOperations = {
  attribute: () => undefined,
  unary: (_, value) => value,
  binary: (_, left, right, call) => applied(left.kind === "tensor" ? left : right.kind === "tensor" ? right : tensor(), call),
  compare: () => unknown("the numbers of tensors are not known"),
  index: (value) => value,
  items: () => undefined,
};

/** zeros(2, 3) is a tensor of that shape. */
const library: Library = {
  tensors,
  module: (name) => {
    const zeros = native("zeros", ({ positional }) => tensor(...positional.map((size) => (size.kind === "number" ? size.value : 0))));
    return name === "t" ? { kind: "module", name, get: (member) => (member === "zeros" ? zeros : undefined) } : undefined;
  },
};

const shapeOf = (value: Value | undefined) => (value?.kind === "tensor" ? value.tensor.shape : value?.kind);

describe("a test that cannot be told", () => {
  it("leaves what both branches agree on, and makes unknown what they don't", async () => {
    const code = `${UNKNOWN}a = b = 1\nif u:\n    a = 2\n    c = 5\nelse:\n    c = 5\nr = b, c`;
    expect(await shown(code, "r")).toBe("(1, 5)");
    expect((await readPython(code)).value("a")?.kind).toBe("unknown");
  });

  it("takes the branch that does not fail", async () => {
    expect(await shown(`${UNKNOWN}if u > 3:\n    raise ValueError("no")\nelse:\n    r = 1`, "r")).toBe("1");
    expect(await shown(`${UNKNOWN}if u:\n    r = 1\nelse:\n    [][0]`, "r")).toBe("1");
  });

  it("goes on where one branch returns early", async () => {
    expect(await shown(`${UNKNOWN}def f():\n    if u:\n        return 1\n    return 2\nr = f()`, "r")).toBe("2");
  });

  it("joins what two branches return", async () => {
    expect(await shown(`${UNKNOWN}def f(a, b):\n    if u:\n        return a\n    else:\n        return b\nr = f(1, 1)`, "r")).toBe("1");
    const { value } = await readPython(`${UNKNOWN}def f(a, b):\n    if u:\n        return a\n    else:\n        return b\nr = f(1, 2)`);
    expect(value("r")?.kind).toBe("unknown");
  });

  it("keeps tensors of equal shapes and the operations of one branch", async () => {
    const code = `${UNKNOWN}import t\nx = t.zeros(2, 3)\nif u:\n    x = x + 1\nelse:\n    x = x * 2\n    x = x * 2`;
    const { value, interpreter } = await readPython(code, { libraries: [library] });
    expect(shapeOf(value("x"))).toEqual([2, 3]);
    expect(interpreter.trace.applications).toHaveLength(1);
  });

  it("loses tensors of different shapes", async () => {
    const { value } = await readPython(`${UNKNOWN}import t\nx = t.zeros(2) if u else t.zeros(3)`, { libraries: [library] });
    expect(shapeOf(value("x"))).toBe("unknown");
  });

  it("takes back what a branch put into lists, dictionaries and objects", async () => {
    const code = `${UNKNOWN}
class C: pass
l, d, c = [1], {"a": 1}, C()
c.f = 1
if u:
    l.append(2); d["a"] = 2; c.f = 2; c.g = 3
kept = len(l), c.f is None
n = l[0], list(d)`;
    const { value } = await readPython(code);
    const list = value("l");
    expect(list?.kind === "list" && list.items.map(({ kind }) => kind)).toEqual(["number", "unknown"]);
    expect(await shown(code, "n")).toBe("(1, ['a'])");
    const object = value("c");
    expect(object?.kind === "instance" && [...object.fields].map(([name, { kind }]) => `${name} ${kind}`)).toEqual([
      "f unknown",
      "g unknown",
    ]);
  });

  it("computes `or` and `and` as far as they are told", async () => {
    expect(await shown(`${UNKNOWN}r = (u and False, u or True, not (u and False))`, "r")).toBe("(False, True, True)");
  });
});

describe("a loop nobody knows the passes of", () => {
  it("makes unknown what it changes and nothing else", async () => {
    const code = `${UNKNOWN}a, b, l = 1, 1, []\nfor x in u:\n    a += 1\n    l.append(x)\nr = b`;
    const { value } = await readPython(code);
    expect(value("a")?.kind).toBe("unknown");
    expect(await shown(code, "r")).toBe("1");
    const list = value("l");
    expect(list?.kind === "list" && list.items.map(({ kind }) => kind)).toEqual(["unknown"]);
  });

  it("ends `while True` that is left under an unknown condition", async () => {
    const code = `${UNKNOWN}n = 0\nwhile True:\n    n += 1\n    if u: break\nr = 5`;
    expect(await shown(code, "r")).toBe("5");
    expect((await readPython(code)).value("n")?.kind).toBe("unknown");
  });

  it("leaves epochs of training after the first", async () => {
    expect(await shown(`${UNKNOWN}for epoch in range(10**5):\n    for batch in u:\n        pass\nr = 1`, "r")).toBe("1");
  });

  it("says so in a note", async () => {
    const { interpreter } = await readPython(`${UNKNOWN}for x in u:\n    pass`);
    expect(interpreter.trace.notes.map(({ why }) => why)).toEqual(["the module unread is not read"]);
  });
});

describe("lines", () => {
  it("are noted where a tensor is assigned or returned", async () => {
    const code = "import t\ndef f(x):\n    y = x + 1\n    return y\nz = f(t.zeros(4))";
    const { interpreter } = await readPython(code, { libraries: [library] });
    expect(interpreter.trace.lines.map(({ place, shape }) => [code.slice(place.range.start, place.range.end), shape])).toEqual([
      ["y = x + 1", [4]],
      ["return y", [4]],
      ["z = f(t.zeros(4))", [4]],
    ]);
  });
});
