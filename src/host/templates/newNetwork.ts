import { readdir } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { isWritable } from "../writable.js";
import { freeName, TEMPLATES, type Template } from "./templates.js";

/** Asks for a template and opens a new network made from it. Undefined: the user changed their mind. */
export async function newNetwork(extension: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const chosen = await vscode.window.showQuickPick(
    TEMPLATES.map((template) => ({ label: template.title, detail: template.detail, template })),
    { title: "New Network from Template", placeHolder: "What to begin with", matchOnDetail: true },
  );
  return chosen && openTemplate(extension, chosen.template);
}

/** A file in the workspace where there is one that can be written, else an unsaved document. */
export async function openTemplate(extension: vscode.Uri, template: Template): Promise<vscode.TextDocument> {
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, "examples", template.file)));
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const document =
    folder?.scheme === "file" && (await isWritable(folder.fsPath)) ? await inFolder(folder, template, text) : await unsaved(template, text);
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

async function inFolder(folder: vscode.Uri, template: Template, text: string): Promise<vscode.TextDocument> {
  const uri = vscode.Uri.joinPath(folder, freeName(template.file, new Set(await readdir(folder.fsPath))));
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return vscode.workspace.openTextDocument(uri);
}

async function unsaved(template: Template, text: string): Promise<vscode.TextDocument> {
  const open = vscode.workspace.textDocuments.filter((document) => document.isUntitled).map((document) => path.basename(document.uri.path));
  const uri = vscode.Uri.from({ scheme: "untitled", path: freeName(template.file, new Set(open)) });
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(0, 0), text);
  await vscode.workspace.applyEdit(edit);
  return document;
}
