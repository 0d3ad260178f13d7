import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { largeSource } from "../fixtures/large/source.js";
import type { Workbench } from "../harness/src/index.mjs";
import { quantile } from "./measure.js";
import { openWorkbench, sleep } from "./workbench.js";

const LINES = 500;
const KEYSTROKES = 200;
const PAUSES = 9;
const SETTLE_MS = 3_000;
const EXTENSION = "cnn-lab.cnn-lab";
const DEEP = "resnet152.py";
const LONG = "long.py";
/** The same text where nothing makes networks: what VS Code itself takes, its page and all else on the same cores. */
const PLAIN = "plain.py";

/**
 * Milliseconds from opening a file to its hints, and from a keystroke to hints, in the extension host of a real VS Code: asked for at once,
 * without the pause that VS Code makes before it asks, for the lines it asks for. Beside them what it takes the extension to answer, and
 * what it takes VS Code to ask for the same hints, and to get them, where nobody has to work them out.
 */
export async function typing(): Promise<void> {
  const workspace = mkdtempSync(path.join(os.tmpdir(), "cnn-bench-"));
  copyFileSync(path.join("test/fixtures/large", DEEP), path.join(workspace, DEEP));
  writeFileSync(path.join(workspace, LONG), largeSource(LINES));
  writeFileSync(path.join(workspace, PLAIN), largeSource(LINES).replaceAll("torch", "paper"));
  writeFileSync(path.join(workspace, "first.py"), largeSource(40));
  const workbench = await openWorkbench({ workspace });
  try {
    await workbench.evaluate((vscode, id) => vscode.extensions.getExtension(id)?.activate(), EXTENSION);
    const cold = await opened(workbench, workspace, "first.py");
    const deep = await opened(workbench, workspace, DEEP);
    const plain = await opened(workbench, workspace, PLAIN);
    console.log(
      `hints after opening, grammars and readers loading: ${told(cold)}; then ResNet-152: ${told(deep)}; no networks: ${told(plain)}`,
    );
    const typed = await keystrokes(workbench, path.join(workspace, LONG));
    console.log(`hints after a keystroke in ${LINES} lines: ${spread(typed.asked)} (${typed.asked.length} keystrokes)`);
    console.log(`of it the extension's answer: ${spread(typed.answered)}`);
    await sayTheSame(workbench, path.join(workspace, LONG));
    const same = await keystrokes(workbench, path.join(workspace, PLAIN));
    console.log(`the same hints, known beforehand: ${spread(same.asked)}`);
    const paused = await pauses(workbench, workspace);
    console.log(`all models of the file read again after the last keystroke, the wait for another one included: ${paused.toFixed(0)} ms`);
  } finally {
    await workbench.close();
    rmSync(workspace, { recursive: true, force: true });
  }
}

/** Milliseconds. The CPU time is that of all the extension host, so an upper bound; other processes leave it as it is. */
interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

const told = ({ wall, cpu }: Cost) => `${wall.toFixed(0)} ms (${cpu.toFixed(0)} of CPU)`;

function spread(milliseconds: readonly number[]): string {
  const within = (share: number) => `${quantile(milliseconds, share).toFixed(0)} ms`;
  return `95 % within ${within(0.95)}, half within ${within(0.5)}`;
}

/** From asking for a document to its hints, when all models of those before have been read. */
async function opened(workbench: Workbench, workspace: string, name: string): Promise<Cost> {
  await sleep(SETTLE_MS);
  return workbench.evaluate(
    async (vscode, file) => {
      const [start, before] = [performance.now(), process.cpuUsage()];
      const document = await vscode.workspace.openTextDocument(file);
      const whole = new vscode.Range(0, 0, document.lineCount, 0);
      const hints = await vscode.commands.executeCommand<unknown[]>("vscode.executeInlayHintProvider", document.uri, whole);
      if (hints.length === 0 && document.getText().includes("torch")) throw new Error(`${file} has no hints`);
      const { user, system } = process.cpuUsage(before);
      return { wall: performance.now() - start, cpu: (user + system) / 1000 };
    },
    path.join(workspace, name),
  );
}

/** The median of milliseconds from a keystroke to an outline, which waits until all models have been read again. */
function pauses(workbench: Workbench, workspace: string): Promise<number> {
  return workbench.evaluate(
    async (vscode, { file, count }) => {
      const document = await vscode.workspace.openTextDocument(file);
      const times: number[] = [];
      for (let i = 0; i < count; i++) {
        const edit = new vscode.WorkspaceEdit();
        const place = document.positionAt(document.getText().indexOf("Dropout(0.5", document.getText().length / 2) + "Dropout(0.5".length);
        edit.insert(document.uri, place, "1");
        await vscode.workspace.applyEdit(edit);
        const start = performance.now();
        await vscode.commands.executeCommand("vscode.executeDocumentSymbolProvider", document.uri);
        times.push(performance.now() - start);
      }
      return times.sort((a, b) => a - b)[count >> 1] ?? Number.NaN;
    },
    { file: path.join(workspace, LONG), count: PAUSES },
  );
}

/** Milliseconds, one for each keystroke: until the hints are there, and what the extension took of it. */
interface Typed {
  readonly asked: readonly number[];
  readonly answered: readonly number[];
}

/** A line is typed into the middle of a model in sight, and deleted, a character at a time. */
function keystrokes(workbench: Workbench, file: string): Promise<Typed> {
  return workbench.evaluate(
    async (vscode, { file, count, line, settle }) => {
      const document = await vscode.workspace.openTextDocument(file);
      const editor = await vscode.window.showTextDocument(document);
      const place = document.positionAt(
        document.getText().indexOf("\n", document.getText().indexOf("self.drop", document.getText().length / 2)),
      );
      editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenter);
      await new Promise((resolve) => setTimeout(resolve, settle));
      // As the editor does, which asks for a screenful above and below those in sight as well.
      const [sight] = editor.visibleRanges;
      if (!sight?.contains(place)) throw new Error(`${file} is not in sight`);
      const height = sight.end.line - sight.start.line;
      const range = new vscode.Range(Math.max(0, sight.start.line - height), 0, sight.end.line + height, 0);
      let took = 0;
      const listen = (milliseconds: unknown) => {
        took = Math.max(took, Number(milliseconds));
      };
      const channel = process.getBuiltinModule("node:diagnostics_channel").channel("cnn-lab.hints");
      channel.subscribe(listen);
      const asked: number[] = [];
      const answered: number[] = [];
      for (let i = 0; i < count; i++) {
        const at = i % (2 * line.length);
        const edit = new vscode.WorkspaceEdit();
        const end = place.translate(0, Math.min(at, 2 * line.length - at));
        if (at < line.length) edit.insert(document.uri, end, line.charAt(at));
        else edit.delete(document.uri, new vscode.Range(end.translate(0, -1), end));
        took = 0;
        await vscode.workspace.applyEdit(edit);
        const start = performance.now();
        await vscode.commands.executeCommand("vscode.executeInlayHintProvider", document.uri, range);
        asked.push(performance.now() - start);
        answered.push(took);
      }
      channel.unsubscribe(listen);
      return { asked, answered };
    },
    { file, count: KEYSTROKES, line: "; self.more = nn.Conv2d(3, 64, 7)", settle: SETTLE_MS },
  );
}

/** From now on the plain file has the hints of another one, which nobody works out. */
function sayTheSame(workbench: Workbench, file: string): Promise<void> {
  return workbench.evaluate(
    async (vscode, { file, plain }) => {
      const document = await vscode.workspace.openTextDocument(file);
      const whole = new vscode.Range(0, 0, document.lineCount, 0);
      // All of them are known when an outline is.
      await vscode.commands.executeCommand("vscode.executeDocumentSymbolProvider", document.uri);
      const known = await vscode.commands.executeCommand<import("vscode").InlayHint[]>(
        "vscode.executeInlayHintProvider",
        document.uri,
        whole,
      );
      vscode.languages.registerInlayHintsProvider(
        { pattern: `**/${plain}` },
        {
          provideInlayHints: ({ lineAt }, { start, end }) =>
            known
              .filter(({ position: { line } }) => line >= start.line && line <= end.line)
              .map(({ position, label }) => {
                const hint = new vscode.InlayHint(lineAt(position.line).range.end, label);
                hint.paddingLeft = true;
                return hint;
              }),
        },
      );
    },
    { file, plain: PLAIN },
  );
}
