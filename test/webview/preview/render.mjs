// Renders the training panel with fixture data: node test/webview/preview/render.mjs FOLDER [theme] [width] [state] [saved as JSON]
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../../../", import.meta.url));
export const THEMES = { dark: "vscode-dark", light: "vscode-light", hc: "vscode-high-contrast" };

/** Tall enough for all of the panel, as what is out of sight is not drawn. */
const HEIGHTS = { 1400: 860, 700: 1560, 400: 1920 };

/** Builds the page of a panel, with what stands in for VS Code, into a folder and answers its address. */
export async function buildPreview(folder, panel = "training", standIn = "page") {
  const shared = {
    bundle: true,
    outdir: folder,
    platform: "browser",
    format: "esm",
    target: "es2022",
    logLevel: "warning",
    absWorkingDir: root,
  };
  await build({
    ...shared,
    entryPoints: { [panel]: `webview/${panel}/main.tsx`, codicon: "node_modules/@vscode/codicons/dist/codicon.css" },
    jsx: "automatic",
    jsxImportSource: "preact",
    loader: { ".ttf": "dataurl" },
  });
  await build({ ...shared, entryPoints: { page: `test/webview/preview/${standIn}.ts` } });
  const [page, script, styles] = await Promise.all(
    ["page.js", `${panel}.js`, `${panel}.css`].map((name) => readFile(path.join(folder, name), "utf8")),
  );
  const themes = await readFile(path.join(root, "test/webview/preview/themes.css"), "utf8");
  const inline = (text) => text.replaceAll("</script", "<\\/script");
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${panel}</title><style>${themes}</style><style>${styles}</style>
<link rel="stylesheet" href="codicon.css" id="vscode-codicon-stylesheet">
<body><div id="root"></div><script>document.body.className = new URLSearchParams(location.search).get("theme") ?? "vscode-dark"</script>
<script type="module">${inline(page)}</script><script type="module">${inline(script)}</script></body></html>`;
  await writeFile(path.join(folder, "index.html"), html);
  return pathToFileURL(path.join(folder, "index.html")).href;
}

export async function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });
}

/** Opens a page a theme and width, the usual ones unless they are given, and prints what goes wrong in it. `shoot` gets each. */
export async function eachPage([theme, width], heightOf, shoot) {
  const usual = [
    ["dark", 1400],
    ["light", 700],
    ["hc", 400],
  ];
  const browser = await openBrowser();
  for (const [name, size] of theme === undefined ? usual : [[theme, Number(width)]]) {
    const page = await browser.newPage({ viewport: { width: size, height: heightOf(size) } });
    page.on("pageerror", (error) => console.error(error.message));
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && console.error(message.text()));
    await shoot(page, name, size);
    await page.close();
  }
  await browser.close();
}

async function main([out, theme, width, state = "running", saved]) {
  const folder = await mkdtemp(path.join(tmpdir(), "cnn-preview-"));
  await mkdir(out, { recursive: true });
  const address = await buildPreview(folder);
  const heightOf = (size) => HEIGHTS[size] ?? 900;
  await eachPage([theme, width], heightOf, async (page, name, size) => {
    const query = new URLSearchParams({ theme: THEMES[name], state, ...(saved === undefined ? {} : { saved }) });
    await page.goto(`${address}?${query}`);
    await page.waitForTimeout(700);
    await page.evaluate(() => globalThis.preview.weigh(3026));
    await page.waitForTimeout(300);
    await page.screenshot({ path: path.join(out, `training-${size}-${name}-${state}.png`), fullPage: true });
  });
  await rm(folder, { recursive: true });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
