import { describe, expect, it } from "vitest";
import type { Library } from "../../../src/interpret/library.js";
import { libraryClass, native, nativeMethod } from "../../../src/interpret/natives.js";
import { type InstanceValue, integer, NONE, type Value } from "../../../src/interpret/values.js";
import { readPython } from "./python.js";

/** Conv(n) keeps n as its payload; Module is a base without anything of its own but a call. */
const library: Library = {
  module: (name) => {
    const call = nativeMethod("Module.__call__", (self, args, site) => {
      const forward = site.interpreter.attribute(self, "forward");
      return forward ? site.interpreter.apply(forward, args, site) : NONE;
    });
    const Module = libraryClass("Module", { __call__: call }, { incomplete: true });
    const Conv = libraryClass(
      "Conv",
      { forward: nativeMethod("Conv.forward", (self) => integer(payloadOf(self))) },
      {
        bases: [Module],
        construct: (cls, { positional: [size] }, site): InstanceValue => ({
          kind: "instance",
          class: cls,
          fields: new Map([["size", size ?? NONE]]),
          place: site.place,
          payload: size?.kind === "number" ? size.value : 0,
        }),
      },
    );
    const members: Readonly<Record<string, Value>> = {
      Module,
      Conv,
      place: native("place", (_, site) => integer([...site.argumentPlaces.keys()].length)),
    };
    return name === "nn" ? { kind: "module", name, get: (member) => members[member] } : undefined;
  },
};

function payloadOf(value: Value): number {
  return value.kind === "instance" && typeof value.payload === "number" ? value.payload : -1;
}

const read = (code: string) => readPython(`import nn\n${code}`, { libraries: [library] });

describe("classes of libraries", () => {
  it("construct their instances, and those of classes that only derive from them", async () => {
    const { value } = await read("class Own(nn.Conv): pass\na = nn.Conv(3)\nb = Own(4)\nr = a() + b() + b.size");
    expect(value("r")).toMatchObject({ value: 11 });
    expect(value("b")).toMatchObject({ class: { name: "Own" }, payload: 4 });
  });

  it("fill the instance at hand when super().__init__ reaches them", async () => {
    const code =
      "class Own(nn.Conv):\n    def __init__(self, n):\n        self.before = 1\n        super(Own, self).__init__(n * 2)\n        self.after = 2\no = Own(5)\nr = o()";
    const { value } = await read(code);
    const own = value("o");
    expect(own?.kind === "instance" && [...own.fields.keys()]).toEqual(["before", "size", "after"]);
    expect(value("r")).toMatchObject({ value: 10 });
  });

  it("call what the program defines", async () => {
    const code =
      "class Net(nn.Module):\n    def __init__(self, k=1):\n        super().__init__()\n        self.k = k\n    def forward(self, x, y=0): return self.k + x + y\nr = Net(k=2)(3, y=4)";
    expect((await read(code)).value("r")).toMatchObject({ value: 9 });
  });

  it("may have what nobody has listed", async () => {
    const { failures, value } = await read("class Net(nn.Module): pass\nn = Net(1, 2, x=3)\nr = n.parameters()");
    expect(failures).toEqual([]);
    expect(value("r")?.kind).toBe("unknown");
  });

  it("are told where arguments stand", async () => {
    expect((await read("r = nn.place(1, 2, k=3)")).value("r")).toMatchObject({ value: 3 });
  });

  it("remember where instances were made", async () => {
    const code = "c = nn.Conv(3)";
    const made = (await read(code)).value("c");
    const start = "import nn\n".length + code.indexOf("nn.");
    expect(made?.kind === "instance" && made.place).toEqual({ file: "main.py", range: { start, end: start + "nn.Conv(3)".length } });
  });
});
