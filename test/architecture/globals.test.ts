import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import ts from "typescript";
import { afterAll, describe, expect, it } from "vitest";
import table from "./layers.cjs";

/** A global used where it does not exist: whose tsconfig has to object. */
const PLANTED = [
  ["src/tsconfig.pure.json", "process"],
  ["src/tsconfig.pure.json", "document"],
  ["src/tsconfig.pure.json", "Buffer"],
  ["src/tsconfig.pure.json", "console"],
  ["src/tsconfig.json", "document"],
  ["webview/tsconfig.json", "process"],
] as const;

describe("each folder sees only its own runtime", () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), "cnn-lab-globals-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it.each(PLANTED)("%s has no %s", (config, name) => {
    const file = path.join(directory, `${name}.ts`);
    writeFileSync(file, `export const used = ${name};\n`);
    const { options } = ts.parseJsonConfigFileContent(
      ts.readConfigFile(config, ts.sys.readFile).config,
      ts.sys,
      path.dirname(config),
      {},
      path.resolve(config),
    );
    const program = ts.createProgram([file], options);
    const found = program.getSemanticDiagnostics(program.getSourceFile(file));
    expect(found.map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, " ")).join()).toContain(`'${name}'`);
  });

  it("knows its own", () => {
    const file = path.join(directory, "own.ts");
    writeFileSync(file, "export const used = process;\n");
    const { options } = ts.parseJsonConfigFileContent(
      ts.readConfigFile("src/tsconfig.json", ts.sys.readFile).config,
      ts.sys,
      "src",
      {},
      path.resolve("src/tsconfig.json"),
    );
    const program = ts.createProgram([file], options);
    expect(program.getSemanticDiagnostics(program.getSourceFile(file))).toEqual([]);
  });

  it("covers every pure folder", () => {
    const { config } = ts.readConfigFile("src/tsconfig.pure.json", ts.sys.readFile);
    const pure = Object.entries(table.LAYERS).flatMap(([folder, [, packages]]) =>
      folder.startsWith("src/") && !folder.endsWith(".ts") && !packages.includes("node") ? folder.slice("src/".length) : [],
    );
    expect(config.include).toEqual(pure);
  });
});
