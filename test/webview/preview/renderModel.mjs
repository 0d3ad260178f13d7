// Renders the Model panel: node test/webview/preview/renderModel.mjs FOLDER [model or FILE.json] [theme] [width] [saved as JSON] [query]
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildPreview, eachPage, THEMES } from "./render.mjs";

const HEIGHT = 900;

const [out, model = "resnet", theme, width, saved, more] = process.argv.slice(2);
const folder = await mkdtemp(path.join(tmpdir(), "cnn-preview-"));
await mkdir(out, { recursive: true });
const address = await buildPreview(folder, "model", "modelPage");
await eachPage(
  [theme, width],
  () => HEIGHT,
  async (page, name, size) => {
    if (model.endsWith(".json")) await page.addInitScript(`globalThis.givenModel = ${await readFile(model, "utf8")}`);
    const query = new URLSearchParams({
      theme: THEMES[name],
      model,
      ...(saved ? { saved: JSON.stringify({ origin: "preview", ...JSON.parse(saved) }) } : {}),
    });
    await page.goto(`${address}?${query}&${more ?? ""}`);
    await page.waitForTimeout(1200);
    await page.screenshot({ path: path.join(out, `model-${size}-${name}-${path.basename(model, ".json")}.png`) });
  },
);
await rm(folder, { recursive: true });
