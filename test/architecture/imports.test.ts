import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Violation, violations } from "./cruise.js";
import layers from "./layers.cjs";

describe("the import table", () => {
  it("is kept", async () => {
    expect(await violations(".")).toEqual([]);
  });

  it("has a row for every folder and a folder for every row", () => {
    const folders = readdirSync("src", { withFileTypes: true }).map((entry) => (entry.isDirectory() ? `src/${entry.name}` : ""));
    const rows = Object.keys(layers.LAYERS).filter((row) => /^src\/\w+$/.test(row));
    expect(folders.filter(Boolean).sort()).toEqual(rows.sort());
  });
});

/** A file that breaks the table, what it imports, and the rule that has to catch it. */
const PLANTED: readonly (readonly [file: string, imports: string, rule: string])[] = [
  ["src/base/a.ts", "node:fs", "package:src/base"],
  ["src/base/b.ts", "../model/target.js", "layer:src/base"],
  ["src/program/a.ts", "../layers/target.js", "layer:src/program"],
  ["src/layers/a.ts", "../model/target.js", "layer:src/layers"],
  ["src/model/a.ts", "node:path", "package:src/model"],
  ["src/model/b.ts", "vscode", "package:src/model"],
  ["src/shape/a.ts", "../engine/target.js", "layer:src/shape"],
  ["src/compile/a.ts", "@tensorflow/tfjs-core", "package:src/compile"],
  ["src/run/a.ts", "../shape/target.js", "layer:src/run"],
  ["src/protocol/a.ts", "node:child_process", "package:src/protocol"],
  ["src/data/a.ts", "../engine/target.js", "layer:src/data"],
  ["src/data/b.ts", "@tensorflow/tfjs-core", "package:src/data"],
  ["src/engine/a.ts", "../trainer/target.js", "layer:src/engine"],
  ["src/engine/b.ts", "../layers/target.js", "layer:src/engine"],
  ["src/trainer/a.ts", "vscode", "package:src/trainer"],
  ["src/trainer/b.ts", "../host/target.js", "layer:src/trainer"],
  ["src/host/a.ts", "../trainer/target.js", "layer:src/host"],
  ["src/host/b.ts", "../../webview/shared/target.js", "layer:src/host"],
  ["src/host/c.ts", "@tensorflow/tfjs-core", "package:src/host"],
  ["src/host/d.ts", "../extension.js", "nobody-imports-extension"],
  ["src/cli/a.ts", "vscode", "package:src/cli"],
  ["src/cli/b.ts", "../host/target.js", "layer:src/cli"],
  ["src/cli/c.ts", "../../test/target.js", "src-never-imports-test"],
  ["webview/shared/a.ts", "node:fs", "package:webview/shared"],
  ["webview/training/a.ts", "../../src/host/target.js", "layer:webview/[^/]+"],
  ["webview/training/b.ts", "../other/target.js", "layer:webview/[^/]+"],
  ["webview/training/c.ts", "jsonc-parser", "package:webview/[^/]+"],
  ["src/surprise/a.ts", "../base/target.js", "folder-without-a-row"],
  ["src/shape/cycle1.ts", "./cycle2.js", "no-cycles"],
  ["src/compile/layer.ts", "../layers/conv2d.js", "layers-by-catalogue"],
];

/** Imports that are fine: the table must not forbid everything. */
const ALLOWED: readonly (readonly [file: string, imports: string])[] = [
  ["src/host/fine.ts", "vscode"],
  ["src/trainer/fine.ts", "../engine/target.js"],
  ["webview/training/fine.ts", "../shared/target.js"],
  ["src/engine/fine.ts", "@tensorflow/tfjs-core"],
];

describe("planted violations", () => {
  let directory = "";
  let found: Violation[] = [];

  const write = (file: string, imports?: string) => {
    mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
    const own = `export const name = ${JSON.stringify(file)};\n`;
    writeFileSync(
      path.join(directory, file),
      imports === undefined ? own : `import * as used from ${JSON.stringify(imports)};\nexport { used };\n${own}`,
    );
  };

  beforeAll(async () => {
    directory = mkdtempSync(path.join(os.tmpdir(), "cnn-lab-imports-"));
    symlinkSync(path.resolve("node_modules"), path.join(directory, "node_modules"));
    for (const row of Object.keys(layers.LAYERS)) if (/^\w+\/\w+$/.test(row)) write(`${row}/target.ts`);
    for (const file of [
      "webview/training/target.ts",
      "webview/other/target.ts",
      "test/target.ts",
      "src/extension.ts",
      "src/layers/conv2d.ts",
    ])
      write(file);
    write("src/shape/cycle2.ts", "./cycle1.js");
    for (const [file, imports] of [...PLANTED, ...ALLOWED]) write(file, imports);
    found = await violations(directory);
  }, 60_000);

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it.each(PLANTED)("%s importing %s breaks %s", (file, _imports, rule) => {
    expect(found.filter((violation) => violation.from === file).map((violation) => violation.rule)).toContain(rule);
  });

  it.each(ALLOWED)("%s may import %s", (file) => {
    expect(found.filter((violation) => violation.from === file && violation.rule !== "dead-file")).toEqual([]);
  });
});
