import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually, find, fixOf, hints, hover, lenses, open, replace, restore } from "./editor.js";

/** Hints of a document, waited for until they satisfy the condition. */
const shown = (document: vscode.TextDocument, wanted: (found: string[]) => boolean) =>
  eventually("hints", async () => {
    const found = await hints(document);
    return wanted(found) ? found : undefined;
  });

describe("source code", () => {
  afterEach(restore);

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
    assert.match(text, /14x14 of 28x28, strides 2x2/);
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
    await vscode.workspace.applyEdit(await fixOf(document, problem, /in_features/));
    assert.match(document.getText(), /nn\.Linear\(400, 120\)/);
  });

  it("offers training and the costs above each model", async () => {
    const document = await open("lenet.py");
    const titles = (await lenses(document)).map(({ title }) => title);
    assert.deepEqual(titles.slice(0, 4), ["Train CNN", "Show Model", "61,706 parameters", "416,520 multiply-adds"]);
  });

  it("keeps its hints while a line is half typed", async () => {
    const document = await open("lenet.py");
    const before = await shown(document, (all) => all.length >= 10);
    await replace(document, "nn.Linear(120, 84)", "nn.Linear(120, ");
    const during = await hints(document);
    assert.deepEqual(during, before);
  });

  it("has a guessed input said by one click, which one undo takes back", async () => {
    const document = await open("lenet.py");
    const guessed = (await lenses(document)).find(({ title }) => title.startsWith("input"));
    assert.equal(guessed?.command, "cnnLab.setInput");
    const text = document.getText();
    const said = vscode.commands.executeCommand("cnnLab.setInput", ...(guessed.arguments ?? []));
    await eventually("the comment", async () => {
      await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      return document.getText() === text ? undefined : true;
    });
    await said;
    assert.match(document.getText(), /# cnn: input 1x28x28\nclass LeNet/);
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), text);
  });
});

describe("a notebook", () => {
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  const MAGIC = "%matplotlib inline\n!pip install torch\nimport torch\nfrom torch import nn";
  const MODEL = "model = nn.Sequential(\n    nn.Conv2d(1, 4, 5),\n    nn.Flatten(),\n    nn.Linear(4 * width * width, 10),\n)";
  const cell = (text: string, language = "python") => new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, language);

  const openCells = (...texts: string[]) => openNotebook(texts.map((text) => cell(text)));

  async function openNotebook(cells: vscode.NotebookCellData[]): Promise<vscode.NotebookDocument> {
    const data = new vscode.NotebookData(cells);
    const notebook = await vscode.workspace.openNotebookDocument("jupyter-notebook", data);
    await vscode.window.showNotebookDocument(notebook);
    return notebook;
  }

  it("is read as one program, with hints and problems in each cell", async () => {
    const notebook = await openCells(MAGIC, "width = 24  # cnn: input 1x28x28", MODEL);
    const made = notebook.cellAt(2).document;
    const found = await shown(made, (all) => all.length >= 3);
    assert.deepEqual(found.slice(0, 3), ["2: 4x24x24", "3: 2304", "4: 10"]);
    const problemsOf = (at: number) =>
      vscode.languages.getDiagnostics(notebook.cellAt(at).document.uri).filter(({ source }) => source === "CNN Lab");
    assert.deepEqual([0, 1, 2].flatMap(problemsOf), []);
    // What one cell says holds in those behind it.
    await replace(notebook.cellAt(1).document, "width = 24", "width = 23");
    const [problem] = await eventually("a problem", () => (problemsOf(2).length > 0 ? problemsOf(2) : undefined));
    assert.match(problem?.message ?? "", /1x2304 and 2116x10/);
    assert.deepEqual(problemsOf(1), []);
  });

  it("follows cells that are inserted, and offers training above the model", async () => {
    const notebook = await openCells(MAGIC, "width = 23", MODEL);
    const edit = new vscode.WorkspaceEdit();
    edit.set(notebook.uri, [vscode.NotebookEdit.insertCells(2, [cell("width = 24  # cnn: input 1x28x28")])]);
    await vscode.workspace.applyEdit(edit);
    const made = notebook.cellAt(3).document;
    await shown(made, (all) => all.includes("3: 2304"));
    const titles = (await lenses(made)).map(({ title }) => title);
    assert.ok(titles.includes("Train CNN") && titles.includes("input 1x28x28"), titles.join("; "));
  });

  it("is read in Julia as well, in the order of its cells", async () => {
    const chain =
      "model = Chain(\n  Conv((5, 5), 1 => width, relu),  # cnn: input 28x28x1\n  Flux.flatten,\n  Dense(24 * 24 * width => 10),\n)";
    const notebook = await openNotebook(["using Flux", "width = 4", "width = 8", chain].map((text) => cell(text, "julia")));
    const made = notebook.cellAt(3).document;
    await shown(made, (all) => all.includes("2: 24x24x8") && all.includes("4: 10"));
    const editor = vscode.window.activeNotebookEditor;
    assert.ok(editor);
    editor.selection = new vscode.NotebookRange(1, 2);
    await vscode.commands.executeCommand("notebook.cell.moveDown");
    await eventually("the moved cell", () => (notebook.cellAt(2).document.getText() === "width = 4" ? true : undefined));
    await shown(made, (all) => all.includes("2: 24x24x4") && all.includes("4: 10"));
    const problems = notebook.getCells().flatMap(({ document }) => vscode.languages.getDiagnostics(document.uri));
    assert.deepEqual(
      problems.filter(({ source }) => source === "CNN Lab"),
      [],
    );
  });
});
