import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually, find, fixOf, hints, hover, lenses, open, replace, restore } from "./editor.js";

const LENET_HINTS = ["28x28x6", "14x14x6", "10x10x16", "5x5x16", "400", "120", "84", "10"];

/** Problems of a document, waited for until they satisfy the condition. */
const problems = (document: vscode.TextDocument, wanted: (found: vscode.Diagnostic[]) => boolean) =>
  eventually("problems", () => {
    const found = vscode.languages.getDiagnostics(document.uri);
    return wanted(found) ? found : undefined;
  });

describe("annotations", () => {
  afterEach(restore);

  it("opens networks as JSON with comments, and neither language server nor schema objects to the examples", async () => {
    for (const name of ["lenet5.cnn.json", "toy.cnn.json"]) {
      const document = await open(name);
      assert.equal(document.languageId, "jsonc");
      await eventually("hints", async () => ((await hints(document)).length > 0 ? true : undefined));
      await new Promise((resolve) => setTimeout(resolve, 1500)); // the JSON language server takes its time to object
      assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
    }
  });

  it("has the schema's word on a wrong value", async () => {
    const document = await open("lenet5.cnn.json");
    await replace(document, '"same"', '"sideways"');
    const found = await problems(document, (all) => all.length > 0);
    assert.ok(
      found.some((problem) => /padding|same/.test(problem.message)),
      JSON.stringify(found),
    );
  });

  it("shows each layer's output shape beside its line", async () => {
    const document = await open("lenet5.cnn.json");
    const shown = await eventually("hints", async () => {
      const found = await hints(document);
      return found.length >= LENET_HINTS.length ? found : undefined;
    });
    const shapes = shown.map((hint) => hint.replace(/^\d+: /, "").split(",")[0]);
    assert.deepEqual(shapes.slice(-LENET_HINTS.length), LENET_HINTS);
  });

  it("explains a layer with its numbers", async () => {
    const document = await open("lenet5.cnn.json");
    const text = await eventually("hover", async () => {
      const said = await hover(document, find(document, '"conv2d"', 1));
      return said.includes("floor") ? said : undefined;
    });
    assert.match(text, /floor\(\(14 \+ 2\*0 - 5\)\/1\) \+ 1 = 10/);
    assert.match(text, /5\*5\*6\*16 \+ 16 = 2,416/);
    assert.match(text, /14x14/);
  });

  it("says what does not fit and puts it right", async () => {
    const document = await open("broken.cnn.json");
    const [problem] = await problems(document, (all) => all.some((one) => one.source === "CNN Lab"));
    assert.ok(problem);
    assert.equal(
      problem.message,
      "conv2d_2: kernelSize 7 does not fit a 5x5 input with padding valid; use padding same or a kernel up to 5.",
    );
    await vscode.workspace.applyEdit(await fixOf(document, problem, /^Use padding same$/));
    assert.match(document.getText(), /"padding": "same"/);
    await problems(document, (all) => all.length === 0);
  });

  it("keeps its hints while a line is half typed", async () => {
    const document = await open("lenet5.cnn.json");
    await eventually("hints", async () => ((await hints(document)).length >= 8 ? true : undefined));
    await replace(document, '"filters": 16, ', '"filters": , ');
    assert.ok((await hints(document)).length >= 2);
  });

  it("offers training and the costs above the network", async () => {
    const document = await open("lenet5.cnn.json");
    const text = (await lenses(document)).map(({ title }) => title).join(" | ");
    for (const part of [/Train CNN/, /61,706 parameters/, /416,520 multiply-adds/, /KiB/]) assert.match(text, part);
  });

  it("completes layer types from the schema", async () => {
    const document = await open("lenet5.cnn.json");
    const items = await eventually("completion", async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        "vscode.executeCompletionItemProvider",
        document.uri,
        find(document, '"maxPooling2d"'),
      );
      return list.items.length > 5 ? list.items : undefined;
    });
    const labels = items.map((item) => (typeof item.label === "string" ? item.label : item.label.label));
    for (const type of ["conv2d", "batchNormalization", "globalAveragePooling2d"])
      assert.ok(
        labels.some((label) => label.includes(type)),
        `${type} in ${labels}`,
      );
  });
});
