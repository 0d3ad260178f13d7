import { describe, expect, it } from "vitest";
import { repr } from "../../../src/interpret/python/show.js";
import { Site } from "../../../src/interpret/site.js";
import { readPython } from "./python.js";

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
