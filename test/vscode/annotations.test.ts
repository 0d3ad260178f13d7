import { describe, expect, it } from "vitest";
import type { Workbench } from "../harness/src/index.mjs";
import { until } from "./until.js";
import { hoverWith, openNetworks } from "./window.js";

describe("annotations as drawn", () => {
  let workbench: Workbench;
  openNetworks((opened) => {
    workbench = opened;
  });

  it("puts shapes at the ends of lines", async () => {
    await workbench.openFile("lenet5.cnn.json");
    const hints = await until("eight hints", async () => {
      const found = await workbench.inlayHints();
      return found.length >= 8 ? found : undefined;
    });
    expect(hints.map(({ text }) => text.split(",")[0])).toEqual(expect.arrayContaining(["28x28x6", "10x10x16", "400", "10"]));
  });

  it("explains the layer under the pointer", async () => {
    await workbench.openFile("lenet5.cnn.json");
    // It moves all lines down when it comes.
    await workbench.page.getByText("61,706 parameters").first().waitFor();
    await hoverWith(workbench, '"conv2d"', /floor\(\(14 \+ 2\*0 - 5\)\/1\) \+ 1 = 10/, { nth: 1 });
  });

  it("mends a problem by its quick fix", async () => {
    await workbench.openFile("broken.cnn.json");
    const place = await until("a squiggle", async () => ((await workbench.page.locator(".squiggly-error").count()) > 0 ? true : undefined));
    expect(place).toBe(true);
    await workbench.evaluate((vscode) => {
      const editor = vscode.window.activeTextEditor;
      const problem = editor && vscode.languages.getDiagnostics(editor.document.uri)[0];
      if (editor && problem) editor.selection = new vscode.Selection(problem.range.start, problem.range.start);
    });
    const fix = workbench.page.getByText("Use padding same").first();
    // VS Code has nothing to offer to who asks while one more extension brings fixes.
    await until("the fix", async () => {
      await workbench.evaluate((vscode) => void vscode.commands.executeCommand("editor.action.quickFix"));
      return fix.waitFor({ timeout: 5000 }).then(
        () => true,
        () => undefined,
      );
    });
    await fix.click();
    const text = await until("the mended text", async () => {
      const now = await workbench.evaluate((vscode) => vscode.window.activeTextEditor?.document.getText() ?? "");
      return now.includes('"padding": "same"') ? now : undefined;
    });
    expect(text).toContain('"kernelSize": 7');
  });
});
