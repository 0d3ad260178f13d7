// Renders the Model panel: node test/webview/preview/renderModel.mjs FOLDER [model or FILE.json] [theme] [width] [saved as JSON] [query]
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildPreview, openBrowser, THEMES } from "./render.mjs";

const HEIGHT = 900;

const [out, model = "resnet", theme, width, saved, more] = process.argv.slice(2);
const folder = await mkdtemp(path.join(tmpdir(), "cnn-preview-"));
await mkdir(out, { recursive: true });
const address = await buildPreview(folder, "model", "modelPage");
const browser = await openBrowser();
const shots =
  theme === undefined
    ? [
        ["dark", 1400],
        ["light", 700],
        ["hc", 400],
      ]
    : [[theme, Number(width)]];
for (const [name, size] of shots) {
  const page = await browser.newPage({ viewport: { width: size, height: HEIGHT } });
  page.on("pageerror", (error) => console.error(error.message));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && console.error(message.text()));
  if (model.endsWith(".json")) await page.addInitScript(`globalThis.givenModel = ${await readFile(model, "utf8")}`);
  const query = new URLSearchParams({
    theme: THEMES[name],
    model,
    ...(saved ? { saved: JSON.stringify({ origin: "preview", ...JSON.parse(saved) }) } : {}),
  });
  await page.goto(`${address}?${query}&${more ?? ""}`);
  await page.waitForTimeout(1200);
  await page.screenshot({ path: path.join(out, `model-${size}-${name}-${path.basename(model, ".json")}.png`) });
  await page.close();
}
await browser.close();
await rm(folder, { recursive: true });
