import { beforeAll, describe, expect, it } from "vitest";
import { repr } from "../../../src/interpret/python/show.js";
import { Site } from "../../../src/interpret/site.js";
import { parsePython } from "../../../src/syntax/python/parse.js";
import { packagedGrammars } from "../../fixtures/grammars.js";
import { readPython } from "./python.js";

const grammars = packagedGrammars();
beforeAll(() => grammars.load("python"));

async function valueAfter(code: string, files: Readonly<Record<string, string>>): Promise<string | undefined> {
  const asked: string[] = [];
  const workspace = {
    read: (path: string) => {
      asked.push(path);
      return files[path];
    },
  };
  const { value, interpreter, failures } = await readPython(code, { workspace });
  expect(failures).toEqual([]);
  expect(asked.filter((path) => path.startsWith("/") || path.includes(".."))).toEqual([]);
  const found = value("r");
  return found?.kind === "unknown" ? found.why : found && repr(found, new Site(interpreter, "", { start: 0, end: 0 }));
}

describe("imports", () => {
  it("read files of the workspace", async () => {
    const files = { "a.py": "x = 1\ndef f(): return x + 1\n_hidden = 3", "p/__init__.py": "from .b import y", "p/b.py": "y = 2\nz = 3" };
    expect(await valueAfter("import a\nfrom p import y\nimport p.b as q\nfrom p import b\nr = a.x, a.f(), y, q.z, b.z", files)).toBe(
      "(1, 2, 2, 3, 3)",
    );
    expect(await valueAfter("import p.b\nr = p.b.z, p.y", files)).toBe("(3, 2)");
    expect(await valueAfter("from a import *\nr = x, f()", files)).toBe("(1, 2)");
  });

  it("take only what __all__ lists", async () => {
    expect(await valueAfter("x = 0\nfrom a import *\nr = x, y", { "a.py": "__all__ = ['y']\nx = 1\ny = 2" })).toBe("(0, 2)");
  });

  it("are relative to the file that imports", async () => {
    const files = {
      "p/__init__.py": "",
      "p/a.py": "from .q.c import v\nfrom . import d\nw = d.k",
      "p/q/__init__.py": "",
      "p/q/c.py": "from ..d import k as v",
      "p/d.py": "k = 7",
    };
    expect(await valueAfter("from p.a import v, w\nr = v, w", files)).toBe("(7, 7)");
  });

  it("wait until somebody asks for a name", async () => {
    const asked: string[] = [];
    const files: Readonly<Record<string, string>> = {
      "p/__init__.py": "from .a import x\nfrom .b import y\nfrom .c import *",
      "p/a.py": "x = 1",
      "p/b.py": "from .d import z\ny = z",
      "p/c.py": "w = 4",
      "p/d.py": "z = 3",
    };
    const parse = (path: string, text: string) => {
      asked.push(path);
      return parsePython(grammars, text);
    };
    const { value } = await readPython("from p import x, y\nr = y", { workspace: { read: (path) => files[path] }, parse });
    expect(value("r")).toMatchObject({ value: 3 });
    // What `import *` brings may hide y: it is looked at.
    expect(asked).toEqual(["p/__init__.py", "p/c.py", "p/b.py", "p/d.py"]);
  });

  it("of a name that several statements set take the last one", async () => {
    const files = { "a.py": "x, y, z = 1, 1, 1", "b.py": "y, z = 2, 2", "c.py": "z = 3" };
    expect(await valueAfter("from a import *\nfrom b import *\nfrom c import z\nr = x, y, z", files)).toBe("(1, 2, 3)");
    expect(await valueAfter("from c import z\nfrom a import *\nr = x, z", files)).toBe("(1, 1)");
    expect(await valueAfter("from c import z\nz = 4\ny = 5\nfrom b import *\nz = z + 1\nr = y, z", files)).toBe("(2, 3)");
    expect(await valueAfter("z = 4\nfrom c import z\nr = z", files)).toBe("3");
    expect(await valueAfter("from c import z\nfrom b import z\nr = z", files)).toBe("2");
    expect(await valueAfter("from c import z\nfrom a import x as z\ndel z\ndef f(): return z\nz = 6\nr = f()", files)).toBe("6");
  });

  it("stay as they are when what asked for them first is taken back", async () => {
    const files = { "a.py": "known = {}\ndef add(n):\n    known[n] = n\nadd(1)\nx = 2" };
    const code = "import nowhere\nfrom a import add, known, x\nif nowhere.flag:\n    y = x\nelse:\n    y = x\nadd(3)\nr = known, x, y";
    expect(await valueAfter(code, files)).toBe("({1: 1, 3: 3}, 2, 2)");
    const inside =
      "import nowhere\ndef f():\n    from a import x\n    return x\ny = f() if nowhere.flag else 0\nimport a\nr = a.known, a.x";
    expect(await valueAfter(inside, files)).toBe("({1: 1}, 2)");
  });

  it("of each other's names end", async () => {
    const files = { "a.py": "from b import y\nx = 1", "b.py": "from a import x, missing\ny = 2" };
    expect(await valueAfter("from a import x, y, missing\nr = x, y", files)).toBe("(1, 2)");
    const circle = { "a.py": "from b import missing", "b.py": "from a import missing" };
    expect(await valueAfter("from a import missing\nr = missing", circle)).toBe("missing is imported in a circle");
    const stars = { "a.py": "from b import *\nx = 1", "b.py": "from a import *\ny = 2" };
    expect(await valueAfter("from a import *\nr = x, y", stars)).toBe("(1, 2)");
    const ring = {
      "a.py": "from b import *\nfrom c import *",
      "b.py": "from a import *\nx = 1",
      "c.py": "from b import *\nfrom a import *",
    };
    expect(await valueAfter("from c import *\nnobody_has_it\nr = x", ring)).toBe("1");
  });

  it("go round in circles", async () => {
    const files = { "a.py": "import b\nx = 1\ndef f(): return b.y", "b.py": "import a\ny = 2\ndef g(): return a.x" };
    expect(await valueAfter("import a, b\nr = a.f(), b.g()", files)).toBe("(2, 1)");
  });

  it("run a file once, and not as the program", async () => {
    const files = { "a.py": "log = []\nlog.append(__name__)\nif __name__ == '__main__':\n    log.append('main')", "b.py": "import a" };
    expect(await valueAfter("import a, b\nr = a.log, __name__", files)).toBe("(['a'], '__main__')");
  });

  it("never leave the workspace", async () => {
    expect(await valueAfter("from ... import secrets\nr = secrets", {})).toBe("the module ... is not read");
  });

  it("leave what nobody knows unknown", async () => {
    expect(await valueAfter("import nowhere.deep\nr = nowhere.deep.thing(1)[2]", {})).toBe("the module nowhere is not read");
    expect(await valueAfter("from nowhere import *\nr = len('ab')", {})).toBe("2");
  });
});
