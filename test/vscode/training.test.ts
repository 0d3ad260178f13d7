import { existsSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import type { Workbench } from "../harness/src/index.mjs";
import { tensorflowInstalled } from "./engines.js";
import { runsOf, TrainingPanel, untilRun } from "./training.js";
import { until } from "./until.js";
import { closeEditors, hoverWith, keepFailure, openNetworks } from "./window.js";

const alive = (pid: number | undefined): boolean => {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe("training in VS Code", () => {
  let workbench: Workbench;
  openNetworks(
    (opened) => {
      workbench = opened;
    },
    { settings: { "cnnLab.engine": "wasm" } },
  );
  afterEach(async (context) => {
    await keepFailure(workbench, context);
    await workbench.evaluate((vscode) => vscode.commands.executeCommand("cnnLab.stop")).catch(() => undefined);
    await closeEditors(workbench);
  }, 60_000);

  const train = async (file: string): Promise<TrainingPanel> => {
    await workbench.openFile(file);
    await workbench.command("CNN Lab: Train CNN");
    return TrainingPanel.shown(workbench);
  };

  /** Chooses from the panel's menu, accepts what the dialog offers, and answers the file. */
  const saved = async (panel: TrainingPanel, label: string, name: string): Promise<Buffer> => {
    await panel.frame.getByRole("button", { name: "Save as PNG or CSV" }).click();
    await panel.frame.getByText(label).click();
    const dialog = workbench.page.locator(".quick-input-widget");
    await until("the offered name", async () => ((await dialog.locator("input.input").inputValue()).endsWith(name) ? true : undefined));
    await dialog.locator("input.input").press("Enter");
    const file = `${workbench.workspace}/${name}`;
    await until("the file", () => (existsSync(file) && readFileSync(file).length > 0 ? true : undefined));
    return readFileSync(file);
  };

  it.for(["wasm", "tensorflow"])("trains from the palette to a finished run on %s", async (engine, { skip }) => {
    if (engine === "tensorflow" && !(await tensorflowInstalled())) skip("the tensorflow engine is not installed");
    await workbench.evaluate((vscode, name) => vscode.workspace.getConfiguration("cnnLab").update("engine", name, true), engine);
    const panel = await train("toy.cnn.json");
    await panel.waitForState(/Finished/);
    const record = await untilRun(workbench, "a finished run", ({ state }) => state === "finished");
    expect(record.engine.name).toBe(engine);
    expect(record.test?.accuracy).toBeGreaterThan(0.9);
    expect(record.step).toBe(record.stepsPerEpoch * record.training.epochs);
    expect(existsSync(`${workbench.workspace}/.cnn/.gitignore`)).toBe(true);
    await until("the end of the trainer", () => (alive(record.pid) ? undefined : true));
  });

  it("moves curves and kernels while it trains, and stands still while paused", async () => {
    const panel = await train("long.cnn.json");
    await panel.waitForState(/Training/);
    const [curve, kernels] = [await panel.curvePixels(), await panel.kernelPixels()];
    await until("another curve", async () => ((await panel.curvePixels()) === curve ? undefined : true));
    await until("other kernels", async () => ((await panel.kernelPixels()) === kernels ? undefined : true));

    await panel.press("Pause");
    await panel.waitForState(/Paused/);
    const paused = await untilRun(workbench, "a paused run", ({ state }) => state === "paused");
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await untilRun(workbench, "still paused", () => true)).step).toBe(paused.step);

    await panel.press("Resume");
    await panel.waitForState(/Training/);
    await untilRun(workbench, "more steps", ({ state, step }) => state === "running" && step > paused.step);

    await panel.press("Stop");
    await panel.waitForState(/Stopped/);
    const stopped = await untilRun(workbench, "a stopped run", ({ state }) => state === "stopped");
    expect(stopped.step).toBeGreaterThan(paused.step);
  });

  it("says so when the trainer is killed, and resumes", async () => {
    const panel = await train("long.cnn.json");
    await panel.waitForState(/Training/);
    const running = await untilRun(
      workbench,
      "a running run past its first checkpoint",
      ({ state, best }) => state === "running" && best !== undefined,
    );
    if (running.pid !== undefined) process.kill(running.pid, "SIGKILL");
    await panel.frame.getByText(/The trainer ended at step .*signal 9/).waitFor({ timeout: 20_000 });
    await panel.frame.getByRole("alert").locator("vscode-button", { hasText: "Resume" }).click();
    await panel.waitForState(/Training/);
    const resumed = await untilRun(
      workbench,
      "a resumed run",
      ({ state, events }) => state === "running" && events.some(({ event }) => event === "resumed"),
    );
    expect(resumed.id).toBe(running.id);
    await panel.press("Stop");
    await panel.waitForState(/Stopped/);
  });

  it("explains a divergence", async () => {
    const panel = await train("diverging.cnn.json");
    await panel.waitForState(/diverged/);
    await panel.frame
      .getByRole("alert")
      .getByText(/(became NaN|became infinite|exploded).*Weights of step/)
      .waitFor();
  });

  it("survives a reload of the window", async () => {
    const before = await train("long.cnn.json");
    await before.waitForState(/Training/);
    const running = await untilRun(workbench, "a running run", ({ state, step }) => state === "running" && step > 0);
    await workbench.reload();
    const after = await TrainingPanel.shown(workbench);
    await after.waitForState(/Training/);
    const resumed = await untilRun(workbench, "the same run going on", ({ state, step }) => state === "running" && step > running.step);
    expect(resumed.id).toBe(running.id);
    expect(resumed.pid).not.toBe(running.pid);
    await after.press("Stop");
    await after.waitForState(/Stopped/);
  });

  it("keeps a run whose extension host has crashed, and resumes it", async () => {
    await workbench.evaluate((vscode) => vscode.workspace.getConfiguration("cnnLab").update("resumeAfterReload", false, true));
    const panel = await train("long.cnn.json");
    await panel.waitForState(/Training/);
    const running = await untilRun(workbench, "a run past its first epoch", ({ state, best }) => state === "running" && best !== undefined);
    await workbench.crashExtensionHost(async () => {
      await until("the end of the trainer", () => (alive(running.pid) ? undefined : true));
      const kept = await untilRun(workbench, "a run that was left", ({ state }) => state === "stopped");
      expect(kept.checkpoint).toBe(kept.step);
      expect(kept.step).toBeGreaterThanOrEqual(running.step);
    });
    const [run] = runsOf(workbench);
    await workbench.evaluate((vscode, folder) => void vscode.commands.executeCommand("cnnLab.resume", folder), run?.folder);
    const resumed = await untilRun(workbench, "the same run going on", ({ state, events }) => {
      return state === "running" && events.some(({ event }) => event === "resumed");
    });
    expect(resumed.id).toBe(running.id);
  });

  it("shows what a layer has learnt in its hover", async () => {
    await workbench.openFile("toy.cnn.json");
    await hoverWith(workbench, '"filters": 8', /weights of run [0-9a-f]{6}, step 204/);
    await workbench.page.locator('.monaco-hover img[src^="data:image/png"]').waitFor();
  });

  it("shows what a layer of source code has learnt in its hover", async () => {
    const layers = ["nn.Conv2d(1, 4, 9, stride=4)", "nn.ReLU()", "nn.Flatten()", "nn.Linear(100, 36)"];
    writeFileSync(
      `${workbench.workspace}/glyphs.py`,
      `from torch import nn\n\nmodel = nn.Sequential(\n    ${layers.join(",\n    ")},\n)\n`,
    );
    await workbench.openFile("glyphs.py");
    await workbench.clickLens("Train CNN");
    await workbench.page.locator(".quick-input-widget").getByText("glyphs", { exact: true }).click();
    await (await TrainingPanel.shown(workbench)).waitForState(/Training|Finished/); // so small a network has soon learnt
    await workbench.openFile("glyphs.py");
    // A lens acts when the button is pressed. Let go over the list that opens, it stays pressed for the editor, which then shows no hover.
    await workbench.page.locator(".view-line", { hasText: "nn.Flatten" }).click();
    await hoverWith(workbench, "Conv2d", /weights of run [0-9a-f]{6}, step \d/);
    await workbench.page.locator('.monaco-hover img[src^="data:image/png"]').waitFor();
  });

  it("saves a picture and a table where the dialog says", async () => {
    const panel = await train("toy.cnn.json");
    await panel.waitForState(/Finished/);
    const { id } = await untilRun(workbench, "a finished run", ({ state }) => state === "finished");
    const png = await saved(panel, "Save curves as PNG", `run-${id}-curves.png`);
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    const csv = await saved(panel, "Save steps as CSV", `run-${id}-steps.csv`);
    expect(csv.toString()).toMatch(/^step,seconds,loss,accuracy,learning rate\r\n1,[\d.]+,/);
    expect(csv.toString().trimEnd().split("\r\n")).toHaveLength(1 + 204);
  });

  it("keeps a run in the extension's storage where the folder can't hold it", async () => {
    // A file in the place of the folder, as the tests may run as a user whom no permission keeps from writing.
    renameSync(`${workbench.workspace}/.cnn`, `${workbench.workspace}/kept`);
    writeFileSync(`${workbench.workspace}/.cnn`, "");
    const panel = await train("toy.cnn.json");
    await panel.waitForState(/Finished/);
    await panel.frame.locator("dt", { hasText: "Test accuracy" }).waitFor();
    expect(readFileSync(`${workbench.workspace}/.cnn`, "utf8")).toBe("");
    unlinkSync(`${workbench.workspace}/.cnn`);
    renameSync(`${workbench.workspace}/kept`, `${workbench.workspace}/.cnn`);
  });

  it("lists networks and runs in the side bar", async () => {
    await workbench.evaluate((vscode) => vscode.commands.executeCommand("cnnLab.networks.focus"));
    const tree = workbench.page.locator(".pane-body .monaco-list").first();
    await tree.getByText("toy.cnn.json").waitFor();
  });

  it("refuses a network with problems, naming the first", async () => {
    await workbench.openFile("broken.cnn.json");
    await workbench.command("CNN Lab: Train CNN");
    await until("the refusal", async () =>
      (await workbench.notifications()).some((text) => text.includes("kernelSize 7 does not fit")) ? true : undefined,
    );
  });
});

describe("an untrusted workspace", () => {
  let workbench: Workbench;
  openNetworks(
    (opened) => {
      workbench = opened;
    },
    {
      workspaceTrust: true,
      settings: { "security.workspace.trust.startupPrompt": "never", "security.workspace.trust.banner": "never" },
    },
  );

  it("has annotations, but does not train", async () => {
    expect(await workbench.evaluate((vscode) => vscode.workspace.isTrusted)).toBe(false);
    await workbench.openFile("lenet5.cnn.json");
    expect((await workbench.inlayHints()).some((hint) => hint.text.startsWith("10x10x16"))).toBe(true);
    await workbench.command("CNN Lab: Train CNN");
    await until("the reason", async () =>
      (await workbench.notifications()).some((text) => /trusted workspace/.test(text)) ? true : undefined,
    );
  });
});
