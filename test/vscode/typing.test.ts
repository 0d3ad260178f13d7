import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openWorkbench, type Workbench } from "../harness/src/index.mjs";
import { drawnHints, watchHints } from "./drawnHints.js";
import { until } from "./until.js";
import { makeWorkspace } from "./workspace.js";

describe("hints while someone types", () => {
  const source = makeWorkspace();
  let workbench: Workbench;
  beforeAll(async () => {
    const settings = { "editor.quickSuggestions": { other: "off" }, "editor.minimap.enabled": false, "files.autoSave": "off" };
    workbench = await openWorkbench({ extensionDevelopmentPath: ".", workspace: source.folder, settings });
  }, 120_000);
  afterAll(async () => {
    await workbench?.close();
    source.dispose();
  }, 60_000);
  afterEach(async (context) => {
    if (context.task.result?.state === "fail") console.error(`screenshot and logs: ${await workbench.dump(context.task.name)}`);
    await workbench.evaluate((vscode) => vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor"));
  }, 60_000);

  /** Puts the cursor behind a text, and waits until the window shows it there. */
  const goBehind = async (text: string) => {
    const line = await workbench.evaluate((vscode, wanted) => {
      const editor = vscode.window.activeTextEditor;
      const at = editor?.document.getText().indexOf(wanted) ?? -1;
      if (!editor || at < 0) throw new Error(`no ${wanted}`);
      const place = editor.document.positionAt(at + wanted.length);
      editor.selection = new vscode.Selection(place, place);
      return place.line + 1;
    }, text);
    await workbench.page.getByText(new RegExp(`^Ln ${line}, Col `)).waitFor();
    await workbench.evaluate((vscode) => void vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup"));
  };
  /** Lines with hints, once these satisfy a condition. */
  const hinted = (what: string, wanted: (opacities: readonly number[]) => boolean, atLeast: number) =>
    until(what, async () => {
      const frame = await drawnHints(workbench.page);
      const lines = Object.entries(frame).filter(([, { hint }]) => hint !== "");
      const isWanted = lines.length >= atLeast && wanted(lines.map(([, { opacity }]) => opacity));
      return isWanted ? lines.map(([text]) => text) : undefined;
    });
  const isFresh = (opacities: readonly number[]) => opacities.every((opacity) => opacity === 1);
  const isDimmed = (opacities: readonly number[]) => opacities.every((opacity) => opacity === 0.5);

  it.each([
    // The grammar is right, yet nothing has this name.
    ["half a name", "super().__init__()", "\nself.more = self.trai", "n"],
    ["a statement without its end", "import torch.nn.functional as F", "\nWIDTH =", " 4"],
  ])("stay, dimmed, beside %s", async (_what, place, half, rest) => {
    await workbench.openFile("lenet.py");
    const before = await hinted("hints", isFresh, 12);
    await goBehind(place);
    const watch = await watchHints(workbench.page);
    await workbench.page.keyboard.type(half, { delay: 60 });
    await hinted("dimmed hints", isDimmed, before.length);
    await workbench.page.keyboard.type(rest, { delay: 60 });
    await hinted("hints as they were", isFresh, before.length);
    const frames = await watch.stop();
    expect(frames.some((frame) => before.every((line) => frame[line]?.opacity === 0.5))).toBe(true);
    const gone = frames.flatMap((frame) => before.filter((line) => frame[line] && frame[line].hint === ""));
    expect(gone).toEqual([]);
  });

  it("stay as they are beside a layer without its arguments, behind which the editor puts a parenthesis", async () => {
    await workbench.openFile("lenet.py");
    const before = await hinted("hints", isFresh, 12);
    await goBehind("super().__init__()");
    const watch = await watchHints(workbench.page);
    await workbench.page.keyboard.type("\nself.more = nn.Conv2d(6", { delay: 60 });
    await until("a squiggle", async () => ((await workbench.page.locator(".squiggly-error").count()) > 0 ? true : undefined));
    await hinted("hints as they were", isFresh, before.length);
    const frames = await watch.stop();
    const gone = frames.flatMap((frame) => before.filter((line) => frame[line] && frame[line].hint === ""));
    expect(gone).toEqual([]);
  });
});
