// Writes docs/understood.md from the tables of the frameworks: node scripts/generateDocs.mjs
import { writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const { outputFiles } = await build({
  entryPoints: [path.join(import.meta.dirname, "understood.ts")],
  bundle: true,
  write: false,
  format: "esm",
  platform: "node",
  mainFields: ["module", "main"],
});
const { understoodPage } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
writeFileSync(path.join(import.meta.dirname, "..", "docs", "understood.md"), understoodPage());
