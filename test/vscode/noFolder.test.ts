import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sourcesFor } from "../../src/engine/install/store.js";
import { openWorkbench, type Workbench } from "../harness/src/index.mjs";
import { TrainingPanel } from "./training.js";
import { until } from "./until.js";
import { makeWorkspace } from "./workspace.js";

describe("a window without a folder", () => {
  const source = makeWorkspace();
  const own = mkdtempSync(path.join(os.tmpdir(), "cnn-lab-engines-"));
  const engines = path.join(own, "engines");
  let workbench: Workbench;

  beforeAll(async () => {
    // Programs that installing needs; the first of them takes for ever.
    const programs = path.join(own, "bin");
    mkdirSync(programs);
    for (const name of ["npm", "python3", "c++"]) {
      const script = `#!/bin/sh\ncase "$*" in *--version*) echo 1 ;; *) echo $$ > ${own}/pid; exec sleep 600 ;; esac\n`;
      writeFileSync(path.join(programs, name), script, { mode: 0o755 });
    }
    workbench = await openWorkbench({ extensionDevelopmentPath: ".", env: { CNN_LAB_ENGINES: engines } });
    // Only here, as VS Code gives extension hosts the path of a login shell.
    await workbench.evaluate((_, folder) => {
      process.env["PATH"] = `${folder}:${process.env["PATH"]}`;
    }, programs);
  }, 120_000);
  afterAll(async () => {
    await workbench?.close();
    source.dispose();
    rmSync(own, { recursive: true, force: true });
  }, 60_000);

  const notified = (text: RegExp) =>
    until(`a notification like ${text}`, async () =>
      (await workbench.notifications()).some((said) => text.test(said)) ? true : undefined,
    );

  it("trains a file from anywhere", async () => {
    await workbench.evaluate(
      async (vscode, file) => void (await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: false })),
      path.join(source.folder, "toy.cnn.json"),
    );
    await workbench.command("CNN Lab: Train CNN");
    const panel = await TrainingPanel.shown(workbench);
    await panel.waitForState(/Finished/);
    expect(existsSync(path.join(source.folder, ".cnn"))).toBe(false);
  });

  it.skipIf(sourcesFor(`${process.platform}-${process.arch}`).length === 0)("installs TensorFlow until it is cancelled", async () => {
    await workbench.command("CNN Lab: Install TensorFlow Engine");
    const pid = await until("the installer's first program", () =>
      existsSync(`${own}/pid`) ? Number(readFileSync(`${own}/pid`, "utf8")) || undefined : undefined,
    );
    await notified(/Installing TensorFlow/);
    await workbench.evaluate((vscode) => void vscode.commands.executeCommand("notifications.showList"));
    await workbench.page.locator(".notifications-center").getByRole("button", { name: "Cancel" }).click();
    await until("the end of the program", () => (isAlive(pid) ? undefined : true));
    await until("a clean folder", () => (readdirSync(engines).some((name) => name.startsWith(".staging-")) ? undefined : true));
    expect(readdirSync(engines).filter((name) => name.startsWith("tensorflow"))).toEqual([]);
  });

  it("removes TensorFlow after asking", async () => {
    const [newest] = sourcesFor(`${process.platform}-${process.arch}`);
    if (newest === undefined) return;
    const engine = path.join(engines, newest.key);
    mkdirSync(engine, { recursive: true });
    writeFileSync(path.join(engine, "library"), "1234");
    const files = [{ path: "library", bytes: 4, sha256: "" }];
    writeFileSync(path.join(engine, "manifest.json"), JSON.stringify({ version: "2.0.0", source: newest.name, files }));
    await workbench.evaluate((vscode) => void vscode.commands.executeCommand("cnnLab.removeTensorFlow"));
    const dialog = workbench.page.locator(".monaco-dialog-box");
    await dialog.getByText(`frees 4 B in ${engine}`).waitFor();
    await dialog.getByRole("button", { name: "Remove TensorFlow" }).click();
    await until("its removal", () => (existsSync(engine) ? undefined : true));
    await notified(/The TensorFlow engine is removed; networks train on wasm/);
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
