import { readFile } from "node:fs/promises";
import path from "node:path";
import { UserError } from "../../base/userError.js";

/** Closed polygons, each x0, y0, x1, y1, ...; y grows downwards. Filled by the non-zero winding rule. */
export type Outline = readonly Float32Array[];

export interface GlyphFont {
  readonly name: string;
  /** One for each of `GlyphOutlines.characters`. */
  readonly glyphs: readonly Outline[];
}

/** What the build took from the fonts: see scripts/glyphOutlines.mjs. */
export interface GlyphOutlines {
  readonly characters: string;
  /** Height of the letter H in the outlines' units. */
  readonly capHeight: number;
  readonly train: readonly GlyphFont[];
  readonly test: readonly GlyphFont[];
}

interface OutlinesFile extends Omit<GlyphOutlines, "train" | "test"> {
  readonly train: readonly FontOfFile[];
  readonly test: readonly FontOfFile[];
}

interface FontOfFile {
  readonly name: string;
  readonly license: string;
  /** SVG path data. */
  readonly glyphs: readonly string[];
}

/** Beside the bundle that runs. */
export const OUTLINES_FILE = path.join(__dirname, "glyphs.json");

/** Throws UserError where the installation has lost the file. */
export async function readOutlinesText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    throw new UserError(`The data set glyphs needs ${file}, which is missing; install CNN Lab again.`, "dataMissing");
  }
}

export function parseOutlines(text: string): GlyphOutlines {
  const file = JSON.parse(text) as OutlinesFile;
  const fonts = (list: readonly FontOfFile[]) => list.map(({ name, glyphs }) => ({ name, glyphs: glyphs.map(parsePath) }));
  return { ...file, train: fonts(file.train), test: fonts(file.test) };
}

/** Straight pieces a curve is cut into: at 28 pixels a quarter of a round letter is some 10 pixels long. */
const PIECES = 5;

/** Polygons of SVG path data that has absolute M, L, Q, C and Z only. */
export function parsePath(data: string): Outline {
  const polygons: number[][] = [];
  let current: number[] = [];
  for (const [, letter, numbers] of data.matchAll(/([MLQC])([-\d ]+)/g)) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0] = (numbers ?? "").split(" ").map(Number);
    const [x0 = 0, y0 = 0] = current.slice(-2);
    if (letter === "M") {
      current = [x1, y1];
      polygons.push(current);
    } else if (letter === "L") current.push(x1, y1);
    else if (letter === "C") addCurve(current, [x0, y0, x1, y1, x2, y2, x3, y3]);
    else addCurve(current, [x0, y0, toward(x1, x0), toward(y1, y0), toward(x1, x2), toward(y1, y2), x2, y2]);
  }
  return polygons.filter((points) => points.length > 4).map((points) => Float32Array.from(points));
}

/** A control point of the cubic Bézier curve that equals the quadratic one with control `q`: a third of the way from it to an end. */
const toward = (q: number, end: number) => q + (end - q) / 3;

type Cubic = readonly [number, number, number, number, number, number, number, number];

/** Appends a cubic Bézier curve but its first point, which is the polygon's last. */
function addCurve(polygon: number[], [x0, y0, x1, y1, x2, y2, x3, y3]: Cubic): void {
  for (let piece = 1; piece <= PIECES; piece++) {
    const t = piece / PIECES;
    const u = 1 - t;
    const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
    polygon.push(a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3);
  }
}
