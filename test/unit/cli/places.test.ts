import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findRun, runsDirectory } from "../../../src/cli/places.js";
import { table } from "../../../src/cli/table.js";

let folder = "";
let runs = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "cnn-places-"));
  runs = path.join(folder, ".cnn", "runs");
  for (const [id, created] of [
    ["abc123", "2026-01-01T00:00:00Z"],
    ["abd456", "2026-01-02T00:00:00Z"],
    ["abc1234", "2025-01-01T00:00:00Z"],
  ] as const) {
    mkdirSync(path.join(runs, id), { recursive: true });
    const rest = { network: {}, data: {}, training: {}, engine: {}, updated: created, step: 0, stepsPerEpoch: 1, seconds: 0, events: [] };
    writeFileSync(path.join(runs, id, "run.json"), JSON.stringify({ format: 1, id, created, state: "finished", ...rest }));
  }
  mkdirSync(path.join(folder, "inner", "deep"), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("runsDirectory", () => {
  it("is the nearest upwards that is there", () => {
    expect(runsDirectory(undefined, path.join(folder, "inner", "deep"))).toBe(runs);
    expect(runsDirectory("x", folder)).toBe(path.resolve("x"));
  });
});

describe("findRun", () => {
  const found = async (name: string) => (await findRun(name, runs)).record.id;

  it("knows ids, beginnings of one, folders, and the last", async () => {
    expect(await found("abd")).toBe("abd456");
    expect(await found("abc123")).toBe("abc123");
    expect(await found("last")).toBe("abd456");
    expect(await found(path.join(runs, "abc123"))).toBe("abc123");
  });

  it("asks for more where several begin so, and says where there is none", async () => {
    await expect(found("abc")).rejects.toThrow('"abc" may be any of abc123, abc1234; give more of the id.');
    await expect(found("f")).rejects.toThrow(`There is no run "f" in ${runs}; "cnn runs" lists them.`);
  });
});

describe("table", () => {
  it("lines columns up", () => {
    const columns = [
      { title: "a", align: "left" },
      { title: "size", align: "right" },
    ] as const;
    expect(table(columns, [["long", "1"], ["b"]])).toBe("a     size\n----  ----\nlong     1\nb");
  });
});
