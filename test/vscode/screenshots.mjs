// The README's pictures, taken in the real VS Code: `npm run screenshots`. Needs MNIST (CNN_LAB_DATA, else a folder beside the repository).
import { existsSync } from "node:fs";
import path from "node:path";
import { openWorkbench } from "../harness/src/index.mjs";

const OUT = process.argv[2] ?? "media/screenshots";
const data = [process.env.CNN_LAB_DATA, "../shared/data"].find((folder) => folder && existsSync(path.join(folder, "mnist")));
if (!data) throw new Error("MNIST is not here: set CNN_LAB_DATA to the folder that has mnist/.");

const THEMES = { dark: "Default Dark Modern", light: "Default Light Modern", contrast: "Default High Contrast" };
const run = (workbench, command) => workbench.evaluate((vscode, name) => void vscode.commands.executeCommand(name), command);

for (const [theme, colorTheme] of Object.entries(THEMES)) {
  const workbench = await openWorkbench({
    extensionDevelopmentPath: ".",
    workspace: "examples",
    viewport: { width: 1680, height: 1360 },
    settings: {
      "workbench.colorTheme": colorTheme,
      "cnnLab.dataFolder": path.resolve(data),
      "cnnLab.hints.show": ["shape"],
      "editor.minimap.enabled": false,
      "editor.fontSize": 13,
      "window.commandCenter": false,
    },
  });
  try {
    const page = workbench.page;
    const pause = (ms) => page.waitForTimeout(ms);
    await workbench.openFile("lenet5.cnn.json");
    await run(workbench, "workbench.action.closeSidebar");
    await workbench.hover('"conv2d"', { nth: 1 });
    await pause(800);
    await page.screenshot({ path: path.join(OUT, `annotations-${theme}.png`), clip: { x: 0, y: 0, width: 1240, height: 640 } });

    await run(workbench, "cnnLab.train");
    const panel = await workbench.webview("cnnLab.training");
    await panel
      .locator("header [role=status]")
      .filter({ hasText: /Training|Finished/ })
      .waitFor({ timeout: 120_000 });
    await panel.locator('table.layers tr:has-text("conv2d_2")').click();
    await run(workbench, "workbench.action.joinAllGroups");
    await pause(2000);
    const whole = await workbench.webview("cnnLab.training");
    await whole.locator(".facts, header").first().waitFor();
    await until(page, async () => /[4-6] of 6/.test(await whole.locator("main").innerText()));
    await page.screenshot({ path: path.join(OUT, `training-${theme}.png`) });

    await page.setViewportSize({ width: 448, height: 1360 });
    await run(workbench, "workbench.action.activityBarLocation.hide");
    await pause(1500);
    await page.screenshot({ path: path.join(OUT, `training-narrow-${theme}.png`) });
  } finally {
    await run(workbench, "cnnLab.stop").catch(() => {});
    await workbench.close();
  }
}

/** Polls for up to five minutes. */
async function until(page, done) {
  for (const deadline = Date.now() + 300_000; Date.now() < deadline; ) {
    if (await done().catch(() => false)) return;
    await page.waitForTimeout(500);
  }
  throw new Error("the training did not get there within five minutes");
}
