import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runCompiled } from "../../../src/cli/compiled.js";

describe("runCompiled", () => {
  let folder: string;
  let bundle: string;
  let kept: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "cnn-compiled-"));
    bundle = path.join(folder, "bundle.js");
    kept = path.join(folder, "cache", "shapes");
    write(1);
  });

  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A bundle that says which one it is, by a function and a module that it requires. */
  function write(version: number): void {
    writeFileSync(path.join(folder, "said.js"), "exports.list = [];");
    writeFileSync(bundle, `const said = require("./said.js"); function say() { said.list.push(${version}, __filename); } say();`);
  }

  /** Runs the bundle in a process that ends with this code; answers what the bundle said and whether it had to be compiled. */
  function run(exitCode = 0): { readonly said: unknown; readonly compiled: boolean } {
    const atExit: Array<(code: number) => void> = [];
    vi.spyOn(process, "once").mockImplementation((event: string | symbol, listener: (code: number) => void) => {
      if (event === "exit") atExit.push(listener);
      return process;
    });
    runCompiled(bundle, kept);
    for (const listener of atExit) listener(exitCode);
    const module = path.join(folder, "said.js");
    const said: unknown = createRequire(module)(module).list.splice(0);
    return { said, compiled: atExit.length > 0 };
  }

  it("compiles once", () => {
    expect(run()).toEqual({ said: [1, bundle], compiled: true });
    expect(readdirSync(path.dirname(kept))).toEqual(["shapes"]);
    expect(run()).toEqual({ said: [1, bundle], compiled: false });
  });

  it("compiles another source of the same length", () => {
    run();
    write(2);
    expect(run()).toEqual({ said: [2, bundle], compiled: true });
    expect(run()).toEqual({ said: [2, bundle], compiled: false });
  });

  it.for([4, 20, 400, -1])("compiles again where byte %i of what was kept is damaged", (at) => {
    run();
    const bytes = readFileSync(kept);
    const place = at < 0 ? bytes.length + at : at;
    bytes.writeUInt8(bytes.readUInt8(place) ^ 255, place);
    writeFileSync(kept, bytes);
    expect(run()).toEqual({ said: [1, bundle], compiled: true });
    expect(run()).toEqual({ said: [1, bundle], compiled: false });
  });

  it("compiles again where what was kept is cut", () => {
    run();
    writeFileSync(kept, readFileSync(kept).subarray(0, 6));
    expect(run()).toEqual({ said: [1, bundle], compiled: true });
  });

  it("keeps nothing of a process that failed", () => {
    run(1);
    expect(existsSync(kept)).toBe(false);
  });

  it("runs where nothing can be kept", () => {
    writeFileSync(path.dirname(kept), "no folder");
    expect(run()).toEqual({ said: [1, bundle], compiled: true });
    expect(run()).toEqual({ said: [1, bundle], compiled: true });
  });
});
