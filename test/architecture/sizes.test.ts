import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

/** Lines at most, and the middle to aim at. Exceptions stand here by name, each with its reason. */
const CAP = 400;
const AIM = 80;
const EXCEPTIONS: Readonly<Record<string, string>> = {};

const files = ["src", "webview", "scripts"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => path.posix.join(folder, file))
    .filter((file) => /\.(tsx?|mjs|css)$/.test(file)),
);
const sizes = files.map((file) => ({ file, lines: readFileSync(file, "utf8").split("\n").length - 1 }));

describe("file sizes", () => {
  it(`stay below ${CAP} lines`, () => {
    expect(sizes.filter(({ file, lines }) => lines > CAP && !(file in EXCEPTIONS))).toEqual([]);
  });

  it(`have a median of at most ${AIM} lines`, () => {
    const sorted = sizes.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(AIM);
  });

  it("have no exception that is not needed", () => {
    for (const file of Object.keys(EXCEPTIONS)) expect(sizes.find((size) => size.file === file)?.lines ?? 0, file).toBeGreaterThan(CAP);
  });
});
