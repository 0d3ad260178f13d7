// The README's pictures, taken in the real VS Code: `npm run screenshots [FOLDER [training | annotations | model]]`. Needs MNIST (CNN_LAB_DATA, else a folder beside the repository).
import { existsSync } from "node:fs";
import path from "node:path";
import { openWorkbench } from "../harness/src/index.mjs";

const [OUT = "media/screenshots", ...only] = process.argv.slice(2);
const data = [process.env.CNN_LAB_DATA, "../shared/data"].find((folder) => folder && existsSync(path.join(folder, "mnist")));
if (!data) throw new Error("MNIST is not here: set CNN_LAB_DATA to the folder that has mnist/.");

const THEMES = { dark: "Default Dark Modern", light: "Default Light Modern", contrast: "Default High Contrast" };
const WIDE = { width: 1480, height: 940 };
/** A panel 400 px wide: VS Code keeps some for its borders and the activity bar, which is hidden. */
const NARROW = { width: 400, height: 1400 };

const workbench = await openWorkbench({
  extensionDevelopmentPath: ".",
  workspace: "examples",
  viewport: WIDE,
  settings: {
    "workbench.colorTheme": THEMES.dark,
    "cnnLab.dataFolder": path.resolve(data),
    "cnnLab.hints.show": ["shape"],
    "editor.minimap.enabled": false,
    "editor.fontSize": 13,
    "window.commandCenter": false,
  },
});
const { page } = workbench;
const run = (command) => workbench.evaluate((vscode, name) => vscode.commands.executeCommand(name).then(() => undefined), command);

/** Each leaves the window wide and without editors; the annotations show kernels of the run that the training leaves. */
const PICTURES = { training, annotations, model };

try {
  for (const [name, take] of Object.entries(PICTURES)) if (only.length === 0 || only.includes(name)) await take();
} finally {
  await run("cnnLab.stop").catch(() => {});
  await workbench.close();
}

async function training() {
  await workbench.openFile("lenet5.cnn.json");
  await run("workbench.action.closeSidebar");
  await workbench.evaluate((vscode) => void vscode.commands.executeCommand("cnnLab.train"));
  await until("the training", async () => (await panel()).locator("header [role=status]", { hasText: "Training" }).isVisible());
  await (await panel()).locator('table.layers tr:has-text("conv2d_2")').click();
  await run("cnnLab.showTraining");
  await run("workbench.action.closeEditorsInOtherGroups");
  await until("the fifth epoch", async () => /[56] of 6/.test(await (await panel()).locator("main").innerText()));
  await inEachTheme("training", {}, settled);

  await until("the end", async () => (await panel()).locator("header [role=status]", { hasText: "Finished" }).isVisible());
  await page.setViewportSize(NARROW);
  await run("workbench.action.activityBarLocation.hide");
  await inEachTheme("training-narrow", {}, settled);

  await page.setViewportSize(WIDE);
  await run("workbench.action.activityBarLocation.default");
  await run("workbench.action.closeAllEditors");
}

async function annotations() {
  await workbench.openFile("lenet5.cnn.json");
  await run("cnnLab.networks.focus");
  await inEachTheme("annotations", { clip: { x: 0, y: 0, width: 1280, height: 720 } }, async () => {
    await workbench.hover('"conv2d"', { nth: 1 });
    await page.locator('.monaco-hover img[src^="data:image/png"]').first().waitFor();
  });
  await run("workbench.action.closeAllEditors");
}

async function model() {
  await workbench.openFile("code/residual.py");
  await run("workbench.action.closeSidebar");
  await run("cnnLab.showModel");
  const shown = await workbench.webview("cnnLab.model");
  await shown.getByText("Conv2d").first().waitFor();
  await workbench.evaluate((vscode) => {
    const [editor] = vscode.window.visibleTextEditors;
    const line = editor.document
      .getText()
      .split("\n")
      .findIndex((text) => text.includes("self.shortcut = nn.Conv2d"));
    editor.selection = new vscode.Selection(line, 12, line, 12);
  });
  await inEachTheme("model", {}, () => shown.getByText("multiply-adds").first().waitFor());
  await run("workbench.action.closeAllEditors");
}

/** One picture a theme, dark first; `ready` answers when it may be taken. */
async function inEachTheme(name, options, ready) {
  for (const [theme, colorTheme] of Object.entries(THEMES)) {
    await workbench.evaluate(async (vscode, wanted) => {
      await vscode.workspace.getConfiguration("workbench").update("colorTheme", wanted, true);
    }, colorTheme);
    await page.waitForTimeout(1500); // the theme comes to the webview after the window
    await ready();
    await page.waitForTimeout(500);
    await page.screenshot({ path: path.join(OUT, `${name}-${theme}.png`), ...options });
  }
}

/** The panel's document; another one whenever the panel was moved, so ask again. */
function panel() {
  return workbench.webview("cnnLab.training");
}

async function settled() {
  await (await panel()).locator(".kernel-view .image-grid canvas").first().waitFor();
}

/** Polls for up to fifteen minutes: a busy machine trains slowly. */
async function until(what, done) {
  for (const deadline = Date.now() + 900_000; Date.now() < deadline; ) {
    if (await done().catch(() => false)) return;
    await page.waitForTimeout(250);
  }
  throw new Error(`${what}: not within fifteen minutes`);
}
