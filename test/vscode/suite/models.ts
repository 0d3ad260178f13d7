import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS, EDITORS, PANELS } from "../../../src/host/ids.js";
import { eventually, open } from "./editor.js";

const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
const inWorkspace = (name: string) => {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder);
  return vscode.Uri.joinPath(folder.uri, name);
};
/** Model panels that are open, by their titles. */
const panels = () =>
  tabs().flatMap(({ input, label }) => (input instanceof vscode.TabInputWebview && input.viewType.endsWith(PANELS.model) ? label : []));

describe("models", () => {
  afterEach(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

  it("opens a saved model in its own editor", async () => {
    await vscode.commands.executeCommand("vscode.open", inWorkspace("lenet.onnx"));
    const { viewType } = await eventually("an editor", () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputCustom ? input : undefined;
    });
    assert.equal(viewType, EDITORS.savedModel);
  });

  it("shows the model of source code beside it, once", async () => {
    const document = await open("lenet.py");
    for (let i = 0; i < 2; i++) await vscode.commands.executeCommand(COMMANDS.showModel, document.uri);
    await eventually("a panel", () => (panels().length > 0 ? true : undefined));
    assert.deepEqual(panels(), ["Model: LeNet()"]);
    assert.equal(vscode.window.visibleTextEditors[0]?.document, document);
  });

  it("shows a network file's model as well", async () => {
    const document = await open("lenet5.cnn.json");
    await vscode.commands.executeCommand(COMMANDS.showModel, document.uri);
    await eventually("a panel", () => (panels().includes("Model: lenet5.cnn.json") ? true : undefined));
  });
});
