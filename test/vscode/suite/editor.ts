// What the tests ask of VS Code, by its own commands.
import * as vscode from "vscode";
import { until } from "../until.js";

/** The extension under test. */
export const EXTENSION = "cnn-lab.cnn-lab";

/** As `until`, for less long than a test of the suite may take. */
export const eventually = <T>(what: string, attempt: () => Promise<T | undefined> | T | undefined): Promise<T> =>
  until(what, attempt, 15_000);

/** Opens a file of the workspace in an editor. */
export async function open(name: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error("no workspace is open");
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, name));
  await vscode.window.showTextDocument(document);
  return document;
}

/** Gives every open document the text of its file again, and closes all editors. */
export async function restore(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    if (!document.isDirty) continue;
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(document.uri));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    await vscode.workspace.applyEdit(edit);
    await document.save();
  }
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}

/** Position in the middle of the nth occurrence of a text. */
export function find(document: vscode.TextDocument, text: string, nth = 0): vscode.Position {
  let at = -1;
  for (let i = 0; i <= nth; i++) at = document.getText().indexOf(text, at + 1);
  if (at < 0) throw new Error(`no "${text}" in ${document.fileName}`);
  return document.positionAt(at + Math.floor(text.length / 2));
}

export async function hover(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", document.uri, position);
  return hovers.flatMap((one) => one.contents.map((content) => (typeof content === "string" ? content : content.value))).join("\n");
}

/** Inlay hints as "line: text", lines counted from 1. */
export async function hints(document: vscode.TextDocument): Promise<string[]> {
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const found = await vscode.commands.executeCommand<vscode.InlayHint[]>("vscode.executeInlayHintProvider", document.uri, all);
  return found.map((hint) => {
    const label = typeof hint.label === "string" ? hint.label : hint.label.map((part) => part.value).join("");
    return `${hint.position.line + 1}: ${label.trim()}`;
  });
}

/** Commands of the code lenses of a document, once there are some. */
export const lenses = (document: vscode.TextDocument): Promise<vscode.Command[]> =>
  eventually("code lenses", async () => {
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri, 20);
    const commands = found.flatMap(({ command }) => command ?? []);
    // VS Code drops what it keeps of commands with arguments 100 ms after it has answered: on a busy machine before the answer is here.
    return commands.length > 0 && commands.length === found.length ? commands : undefined;
  });

/**
 * The edit of the quick fix of this title at a problem, once it is offered: VS Code answers nothing to who asks while one more extension
 * brings fixes.
 */
export const fixOf = (document: vscode.TextDocument, { range }: vscode.Diagnostic, title: RegExp): Promise<vscode.WorkspaceEdit> =>
  eventually(`the fix ${title}`, async () => {
    const command = "vscode.executeCodeActionProvider";
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(command, document.uri, range);
    return actions.find((action) => title.test(action.title))?.edit;
  });

/** Replaces a text in a document that stays unsaved. */
export async function replace(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const start = document.getText().indexOf(from);
  if (start < 0) throw new Error(`no "${from}" in ${document.fileName}`);
  edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(start + from.length)), to);
  await vscode.workspace.applyEdit(edit);
}
