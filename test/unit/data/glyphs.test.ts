import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHARACTERS, writeGlyphOutlines } from "../../../scripts/glyphOutlines.mjs";
import type { Dataset, LoadOptions } from "../../../src/data/dataset.js";
import { loadGlyphs } from "../../../src/data/glyphs/load.js";
import { type GlyphOutlines, parseOutlines, parsePath } from "../../../src/data/glyphs/outlines.js";
import { Rasterizer } from "../../../src/data/glyphs/raster.js";

const still = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };

function fill(path: string, weight = 0): number[][] {
  const out = new Float32Array(64);
  new Rasterizer(8).fill(parsePath(path), still, weight, out);
  return Array.from({ length: 8 }, (_, y) => [...out.subarray(y * 8, y * 8 + 8)]);
}
const area = (rows: number[][]) => rows.flat().reduce((sum, value) => sum + value, 0);

describe("rasterizer", () => {
  it("covers pixels exactly where edges lie on samples", () => {
    const rows = fill("M2 1L6 1L6 3L2 3");
    expect(rows[1]).toEqual([0, 0, 1, 1, 1, 1, 0, 0]);
    expect(rows[2]).toEqual(rows[1]);
    expect(area(rows)).toBe(8);
  });

  it("fills by winding: a turned contour inside is a hole, a parallel one is not", () => {
    const outer = "M1 1L7 1L7 7L1 7";
    expect(area(fill(`${outer}M3 3L3 5L5 5L5 3`))).toBe(36 - 4);
    expect(area(fill(`${outer}M3 3L5 3L5 5L3 5`))).toBe(36);
  });

  it("comes near a circle's area, and grows by weight", () => {
    // Four cubic arcs of radius 3 around (4, 4), scaled to whole numbers by 1.
    const circle = parsePath("M7 4C7 6 6 7 4 7C2 7 1 6 1 4C1 2 2 1 4 1C6 1 7 2 7 4");
    const out = new Float32Array(64);
    new Rasterizer(8).fill(circle, still, 0, out);
    const plain = out.reduce((sum, value) => sum + value, 0);
    expect(plain).toBeGreaterThan(26);
    expect(plain).toBeLessThan(31);
    const grown = area(fill("M2 2L6 2L6 4L2 4", 1));
    expect(Math.abs(grown - (8 + 12 + Math.PI))).toBeLessThan(1);
  });

  it("cuts what lies outside", () => {
    expect(area(fill("M-5 -5L20 -5L20 20L-5 20"))).toBe(64);
    expect(area(fill("M10 1L12 1L12 3L10 3"))).toBe(0);
  });
});

describe("glyphs", () => {
  let folder = "";
  let outlinesFile = "";
  let set: Dataset;
  let outlines: GlyphOutlines;
  let options: LoadOptions;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "cnn-glyphs-"));
    outlinesFile = path.join(folder, "glyphs.json");
    options = { cacheDirectory: folder, searchDirectories: [], allowDownload: false };
    writeGlyphOutlines(folder);
    outlines = parseOutlines(readFileSync(outlinesFile, "utf8"));
    set = await loadGlyphs(options, outlinesFile);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  const cacheFile = () => path.join(folder, "glyphs", readdirSync(path.join(folder, "glyphs"))[0] ?? "");
  const refuseDrawing = () => {
    throw new Error("drawn again");
  };

  it("come from at least 20 fonts, none on both sides, all with an open licence", () => {
    const train = outlines.train.map(({ name }) => name);
    const test = outlines.test.map(({ name }) => name);
    expect(new Set([...train, ...test]).size).toBe(train.length + test.length);
    expect(train.length).toBeGreaterThanOrEqual(20);
    expect(test.length).toBeGreaterThanOrEqual(5);
    const licences = readFileSync(path.join(folder, "glyphs-licenses.txt"), "utf8");
    for (const name of [...train, ...test]) expect(licences).toMatch(new RegExp(`@fontsource/${name} .*\\((OFL-1.1|Apache-2.0)\\)`));
  });

  it("have 36 classes of 28x28 pictures, equally many of each", () => {
    expect(set.classes.join("")).toBe(CHARACTERS);
    expect(set.shape).toEqual([28, 28, 1]);
    for (const [split, each] of [
      [set.train, 400],
      [set.test, 60],
    ] as const) {
      expect(split.count).toBe(36 * each);
      for (let label = 0; label < 36; label++) expect(split.labels.filter((value) => value === label)).toHaveLength(each);
    }
  });

  it("show something in every picture, nearly all of it inside", () => {
    const size = 28 * 28;
    for (let i = 0; i < set.train.count; i++) {
      const picture = set.train.images.subarray(i * size, (i + 1) * size);
      let ink = 0;
      for (const value of picture) if (value > 90) ink++;
      expect(ink, `picture ${i}, a ${set.classes[set.train.labels[i] ?? 0]}`).toBeGreaterThan(10);
      expect(ink).toBeLessThan(size * 0.6);
    }
  });

  it("come from the cache the second time, the same", async () => {
    const again = await loadGlyphs({ ...options, onProgress: refuseDrawing }, outlinesFile);
    expect(again.hash).toBe(set.hash);
    expect(again.train.labels).toEqual(set.train.labels);
  });

  it("are drawn again, the same, when the cache is damaged", async () => {
    const bytes = readFileSync(cacheFile());
    bytes[5000] = (bytes[5000] ?? 0) ^ 1;
    writeFileSync(cacheFile(), bytes);
    expect((await loadGlyphs(options, outlinesFile)).hash).toBe(set.hash);
    expect(readFileSync(cacheFile()).equals(bytes)).toBe(false);
  }, 60_000);

  it("say that the installation is broken when the outlines are gone", async () => {
    await expect(loadGlyphs(options, path.join(folder, "gone.json"))).rejects.toMatchObject({ name: "UserError" });
  });
});
