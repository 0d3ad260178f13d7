// Writes media/cnn.schema.json from the catalogue of layers and the description of the training block: node scripts/generateSchema.mjs
import { writeFileSync } from "node:fs";
import { build } from "esbuild";

const { outputFiles } = await build({
  entryPoints: ["src/model/cnnJson/schema.ts"],
  bundle: true,
  write: false,
  format: "esm",
  platform: "node",
  mainFields: ["module", "main"],
});
const { cnnJsonSchema } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
writeFileSync("media/cnn.schema.json", `${JSON.stringify(cnnJsonSchema(), null, 2)}\n`);
