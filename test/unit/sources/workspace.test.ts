import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { projectFolder } from "../../../src/sources/workspace.js";

describe("the folder that imports begin at", () => {
  const root = mkdtempSync(path.join(tmpdir(), "cnn-workspace-"));
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const write = (file: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), "");
    return path.join(root, file);
  };

  it("is the file's own where nothing tells", () => {
    expect(projectFolder(write("models/net.py"))).toBe(path.join(root, "models"));
  });

  it("is the project's", () => {
    write("setup.py");
    expect(projectFolder(write("models/net.py"))).toBe(root);
  });

  it("is the one a Python package stands in", () => {
    write("vision/__init__.py");
    write("vision/models/__init__.py");
    expect(projectFolder(write("vision/models/net.py"))).toBe(root);
  });

  it("is the file's own in a framework's package, which tables know", () => {
    write("keras/__init__.py");
    write("keras/applications/__init__.py");
    expect(projectFolder(write("keras/applications/net.py"))).toBe(path.join(root, "keras/applications"));
  });
});
