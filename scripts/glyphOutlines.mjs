// Takes the outlines of 36 characters from openly licensed fonts of npm packages, for the data set "glyphs": `dist/glyphs.json`, and the
// fonts' licences beside it. Part of the build, so that fonts are neither shipped whole nor kept in the repository.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import opentype from "opentype.js";

const require = createRequire(import.meta.url);

export const CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Drawn for training. */
const TRAINING_FONTS = [
  "acme",
  "alfa-slab-one",
  "amatic-sc",
  "anton",
  "architects-daughter",
  "arvo",
  "bebas-neue",
  "bree-serif",
  "concert-one",
  "courier-prime",
  "crete-round",
  "cutive-mono",
  "didact-gothic",
  "fjalla-one",
  "handlee",
  "indie-flower",
  "lobster-two",
  "old-standard-tt",
  "oxygen",
  "patrick-hand",
  "patua-one",
  "permanent-marker",
  "poiret-one",
  "questrial",
  "righteous",
  "shadows-into-light",
  "share-tech-mono",
  "special-elite",
];

/** Drawn for the test set only: one each of slab, round, monospaced, text serif, brush and handwriting. */
const TEST_FONTS = ["caveat-brush", "fredoka-one", "gochi-hand", "josefin-slab", "pt-serif", "space-mono"];

/** Where the regular weight is too thin for 28 pixels. */
const WEIGHTS = { "amatic-sc": 700 };

const LICENCES = new Set(["OFL-1.1", "Apache-2.0"]);

/** Units of the outlines to the height of the letter H; y grows downwards, 0 is the baseline. */
const CAP_HEIGHT = 160;

/** Writes `glyphs.json` and `glyphs-licenses.txt` into a folder. Throws when a font lacks a character or an open licence. */
export function writeGlyphOutlines(folder) {
  const packages = [...TRAINING_FONTS, ...TEST_FONTS].map(openPackage);
  const read = (names) => packages.filter(({ name }) => names.includes(name)).map(readFont);
  const outlines = { characters: CHARACTERS, capHeight: CAP_HEIGHT, train: read(TRAINING_FONTS), test: read(TEST_FONTS) };
  writeFileSync(path.join(folder, "glyphs.json"), JSON.stringify(outlines));
  writeFileSync(path.join(folder, "glyphs-licenses.txt"), packages.map(licenceText).join(`\n${"=".repeat(80)}\n\n`));
}

function openPackage(name) {
  const manifest = require.resolve(`@fontsource/${name}/package.json`);
  const { version, license } = JSON.parse(readFileSync(manifest, "utf8"));
  if (!LICENCES.has(license)) throw new Error(`@fontsource/${name} is under ${license}, which is not one of ${[...LICENCES].join(", ")}`);
  return { name, version, license, folder: path.dirname(manifest) };
}

function readFont({ name, license, folder }) {
  const file = readFileSync(path.join(folder, "files", `${name}-latin-${WEIGHTS[name] ?? 400}-normal.woff`));
  const font = opentype.parse(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength));
  const height = font.charToGlyph("H").getBoundingBox().y2;
  const glyphs = [...CHARACTERS].map((character) => {
    const glyph = font.charToGlyph(character);
    if (!glyph.unicode) throw new Error(`@fontsource/${name} has no ${character}`);
    return pathData(glyph.getPath(0, 0, (CAP_HEIGHT / height) * font.unitsPerEm).commands);
  });
  return { name, license, glyphs };
}

/** SVG path data of whole numbers: M, L, Q, C and Z, all absolute. */
function pathData(commands) {
  const numbers = (...values) => values.map(Math.round).join(" ");
  const words = {
    M: (c) => numbers(c.x, c.y),
    L: (c) => numbers(c.x, c.y),
    Q: (c) => numbers(c.x1, c.y1, c.x, c.y),
    C: (c) => numbers(c.x1, c.y1, c.x2, c.y2, c.x, c.y),
    Z: () => "",
  };
  return commands.map((command) => command.type + words[command.type](command)).join("");
}

const licenceText = ({ name, version, license, folder }) =>
  `Outlines of digits and capitals from @fontsource/${name} ${version} (${license})\n\n${readFileSync(path.join(folder, "LICENSE"), "utf8")}`;
