import { writeFileSync } from "node:fs";
import type { Frame } from "playwright-core";
import { afterEach, describe, expect, it } from "vitest";
import { EDITORS, PANELS } from "../../src/host/ids.js";
import type { Workbench } from "../harness/src/index.mjs";
import { LENET, onnxFile } from "../unit/saved/onnxFile.js";
import { until } from "./until.js";
import { closeEditors, keepFailure, openNetworks } from "./window.js";

describe("models in VS Code", () => {
  let workbench: Workbench;
  openNetworks((opened) => {
    workbench = opened;
  });
  afterEach(async (context) => {
    await keepFailure(workbench, context);
    await closeEditors(workbench);
  }, 60_000);

  const openSaved = async (name: string): Promise<Frame> => {
    // A window that has just opened may not know yet who edits which files.
    await until("the editor for models", () =>
      workbench.evaluate(async (vscode, file) => {
        const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
        if (folder) await vscode.commands.executeCommand("vscode.open", vscode.Uri.joinPath(folder, file));
        if (vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputCustom) return true;
        await vscode.commands.executeCommand("workbench.action.closeAllEditors");
        return undefined;
      }, name),
    );
    return workbench.webview(EDITORS.savedModel);
  };
  /** The row of a layer in the list. */
  const row = async (panel: Frame, name: string) => {
    await panel.getByText("List", { exact: true }).click();
    return panel.getByRole("row", { name }).first();
  };
  const cursorLine = () => workbench.evaluate((vscode) => (vscode.window.visibleTextEditors[0]?.selection.active.line ?? -1) + 1);

  it("shows a saved model with its weights, and reads it again when it changes", async () => {
    const panel = await openSaved("lenet.onnx");
    await panel.getByText("ONNX model").waitFor();
    await (await row(panel, "c1")).click();
    await panel.getByText("kernel_shape").waitFor();
    await panel.getByText("c1.weight").first().waitFor();
    const smaller = { ...LENET, inputs: { image: ["batch", 1, 28, 28] }, nodes: LENET.nodes.slice(0, 3), outputs: ["p1"] };
    writeFileSync(`${workbench.workspace}/lenet.onnx`, onnxFile(smaller));
    await until("the new model", async () => ((await panel.getByRole("row").count()) === 4 ? true : undefined));
  });

  it("says in one sentence what keeps a file from being shown", async () => {
    const panel = await openSaved("cut.onnx");
    await panel.getByText(/^cut\.onnx is damaged or cut off: .*\.$/).waitFor();
  });

  it("follows the cursor in source code, and takes it along", async () => {
    await workbench.openFile("lenet.py");
    await workbench.command("CNN Lab: Show Model");
    const panel = await workbench.webview(PANELS.model);
    const selected = (name: string) => panel.locator(`[role=row][aria-selected=true][aria-label*="${name}"]`);
    // The first of three activations in one line: the cursor's echo must not choose another.
    await (await row(panel, "F.relu")).click();
    await until("the cursor at the activation", async () => ((await cursorLine()) === 17 ? true : undefined));
    await (await row(panel, "conv1")).click();
    await until("the cursor at conv1", async () => ((await cursorLine()) === 10 ? true : undefined));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await selected("conv1").count()).toBe(1);
    await workbench.evaluate((vscode) => {
      const [editor] = vscode.window.visibleTextEditors;
      if (editor) editor.selection = new vscode.Selection(11, 25, 11, 25);
    });
    await selected("fc1").waitFor();
    expect(await cursorLine()).toBe(12);
  });

  it("is there again after the window was reloaded", async () => {
    await workbench.openFile("lenet5.cnn.json");
    await workbench.command("CNN Lab: Show Model");
    const before = await workbench.webview(PANELS.model);
    await (await row(before, "conv2d_2")).click();
    await before.getByText("Formulas").waitFor();
    // What a page keeps reaches the window a moment later.
    await workbench.page.waitForTimeout(500);
    await workbench.reload();
    const panel = await workbench.webview(PANELS.model);
    await panel.locator('[role=row][aria-selected=true][aria-label*="conv2d_2"]').waitFor();
    await panel.getByText("Formulas").waitFor();
  });

  it("of a notebook is there again as well", async () => {
    const cell = (source: string) => ({ cell_type: "code", execution_count: null, metadata: {}, outputs: [], source });
    const sources = [
      "from torch import nn",
      "width = 24",
      "model = nn.Sequential(nn.Conv2d(1, 4, 5), nn.Flatten(), nn.Linear(4 * width * width, 10))",
    ];
    const metadata = { language_info: { name: "python" } };
    const notebook = { cells: sources.map(cell), metadata, nbformat: 4, nbformat_minor: 5 };
    writeFileSync(`${workbench.workspace}/net.ipynb`, JSON.stringify(notebook));
    await workbench.evaluate(async (vscode) => {
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
      if (folder) await vscode.commands.executeCommand("vscode.open", vscode.Uri.joinPath(folder, "net.ipynb"));
    });
    await workbench.clickLens("Show Model");
    const before = await workbench.webview(PANELS.model);
    await before.getByText("23,154").first().waitFor();
    await workbench.page.waitForTimeout(500);
    await workbench.reload();
    const panel = await workbench.webview(PANELS.model);
    await panel.getByText("23,154").first().waitFor();
    await workbench.evaluate(async (vscode) => {
      const [notebook] = vscode.workspace.notebookDocuments;
      const edit = new vscode.WorkspaceEdit();
      if (notebook) edit.replace(notebook.cellAt(1).document.uri, new vscode.Range(0, 0, 0, 10), "width = 12");
      await vscode.workspace.applyEdit(edit);
    });
    // 1*4*25 + 4 in the convolution, 4*12*12*10 + 10 in the dense layer.
    await panel.getByText("5,874").first().waitFor();
  });

  it("follows edits, and keeps the last good model while a line is half typed", async () => {
    await workbench.openFile("lenet.py");
    await workbench.command("CNN Lab: Show Model");
    const panel = await workbench.webview(PANELS.model);
    await panel.getByText("61,706").first().waitFor();
    const replace = (from: string, to: string) =>
      workbench.evaluate(
        async (vscode, [old, text]) => {
          const [editor] = vscode.window.visibleTextEditors;
          const at = editor?.document.getText().indexOf(old) ?? -1;
          if (!editor || at < 0) throw new Error(`no ${old}`);
          const { document } = editor;
          await editor.edit((edit) => edit.replace(new vscode.Range(document.positionAt(at), document.positionAt(at + old.length)), text));
        },
        [from, to] as const,
      );
    await replace("nn.Linear(120, 84)", "nn.Linear(120, ");
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await panel.getByText("61,706").count()).toBeGreaterThan(0);
    await replace("nn.Linear(120, ", "nn.Linear(120, 42)");
    await replace("nn.Linear(84, classes)", "nn.Linear(42, classes)");
    // 42 units fewer: 42*121 in fc2, 42*10 in fc3.
    await panel.getByText("56,204").first().waitFor();
  });
});
