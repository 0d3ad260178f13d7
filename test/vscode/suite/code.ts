import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually, find, hints, hover, open, replace, restore } from "./editor.js";

/** Hints of a document, waited for until they satisfy the condition. */
const shown = (document: vscode.TextDocument, wanted: (found: string[]) => boolean) =>
  eventually("hints", async () => {
    const found = await hints(document);
    return wanted(found) ? found : undefined;
  });

describe("source code", () => {
  afterEach(async () => {
    await restore();
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("shows shapes beside layers and in forward", async () => {
    const document = await open("lenet.py");
    const found = await shown(document, (all) => all.length >= 10);
    for (const hint of ["10: 6x28x28", "11: 16x10x10", "12: 120", "14: 10", "17: 6x14x14", "19: 400"]) {
      assert.ok(found.includes(hint), `${hint} in ${found.join("; ")}`);
    }
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
  });

  it("sums up a line that makes several layers", async () => {
    const found = await shown(await open("residual.py"), (all) => all.length > 5);
    assert.ok(found.includes("14: x6: 16x32x32 to 64x8x8"), found.join("; "));
  });

  it("reads Keras, TensorFlow.js and Flux as well", async () => {
    for (const [name, hint] of [
      ["convnet_keras.py", "9: 26x26x32"],
      ["convnet.js", "6: 24x24x8"],
      ["lenet.jl", "5: 28x28x6"],
    ] as const) {
      const found = await shown(await open(name), (all) => all.length > 3);
      assert.ok(found.includes(hint), `${name}: ${hint} in ${found.join("; ")}`);
    }
  });

  it("explains a layer with its numbers", async () => {
    const document = await open("lenet.py");
    const text = await eventually("hover", async () => {
      const said = await hover(document, find(document, "nn.Conv2d", 1));
      return said.includes("conv2") ? said : undefined;
    });
    assert.match(text, /conv2 \(Conv2d\)/);
    assert.match(text, /2,416/);
    assert.match(text, /14x14/);
  });

  it("says what PyTorch would refuse and puts it right", async () => {
    const document = await open("lenet.py");
    await replace(document, "16 * 5 * 5", "256");
    const [problem] = await eventually("problem", () => {
      const found = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === "CNN Lab");
      return found.length > 0 ? found : undefined;
    });
    assert.ok(problem);
    assert.match(problem.message, /mat1 and mat2 shapes cannot be multiplied \(1x400 and 256x120\)/);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      problem.range,
    );
    const fix = actions.find((action) => action.title.includes("in_features"));
    assert.ok(fix?.edit, actions.map((action) => action.title).join());
    await vscode.workspace.applyEdit(fix.edit);
    assert.match(document.getText(), /nn\.Linear\(400, 120\)/);
  });

  it("offers training and the costs above each model", async () => {
    const document = await open("lenet.py");
    const titles = await eventually("lens", async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri, 20);
      const all = found.flatMap(({ command }) => command?.title ?? []);
      return all.length > 0 ? all : undefined;
    });
    assert.deepEqual(titles.slice(0, 4), ["Train CNN", "Show Model", "61,706 parameters", "416,520 multiply-adds"]);
  });

  it("keeps its hints while a line is half typed", async () => {
    const document = await open("lenet.py");
    const before = await shown(document, (all) => all.length >= 10);
    await replace(document, "nn.Linear(120, 84)", "nn.Linear(120, ");
    const during = await hints(document);
    assert.deepEqual(during, before);
  });
});
