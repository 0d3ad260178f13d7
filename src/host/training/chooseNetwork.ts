import path from "node:path";
import * as vscode from "vscode";
import { NETWORK_SUFFIX } from "../ids.js";
import { openTemplate } from "../templates/newNetwork.js";
import { TEMPLATES } from "../templates/templates.js";
import { isNetworkNode } from "../tree/items.js";
import type { NetworkFiles } from "../tree/networkFiles.js";
import { isCode } from "./trainCode.js";

interface Choice extends vscode.QuickPickItem {
  readonly open?: () => Promise<vscode.TextDocument>;
}

/** The network that the command of this title is about: the one it was called on, else the one in sight, else one the user picks. */
export async function networkFor(
  argument: unknown,
  files: NetworkFiles,
  extension: vscode.Uri,
  title: string,
): Promise<vscode.TextDocument | undefined> {
  if (argument instanceof vscode.Uri) return vscode.workspace.openTextDocument(argument);
  if (isNetworkNode(argument)) return vscode.workspace.openTextDocument(argument.file);
  return networkInSight() ?? pickNetwork(files, extension, title);
}

/** In the active editor; where that is something else, such as a panel, in the only other editor that shows one. */
function networkInSight(): vscode.TextDocument | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  if (activeTextEditor && (isNetwork(activeTextEditor.document.uri) || isCode(activeTextEditor.document))) return activeTextEditor.document;
  const [only, ...others] = visibleTextEditors.filter((editor) => isNetwork(editor.document.uri));
  return others.length === 0 ? only?.document : undefined;
}

/** Offers the workspace's networks and the templates. */
export async function pickNetwork(files: NetworkFiles, extension: vscode.Uri, title: string): Promise<vscode.TextDocument | undefined> {
  const choices = files.all().then((found) => [...ofWorkspace(found), ...ofTemplates(extension)]);
  const chosen = await vscode.window.showQuickPick(choices, { title, placeHolder: "Which network", matchOnDescription: true });
  return chosen?.open?.();
}

function isNetwork(uri: vscode.Uri): boolean {
  return uri.path.endsWith(NETWORK_SUFFIX);
}

function ofWorkspace(files: readonly string[]): Choice[] {
  if (files.length === 0) return [];
  const choices = [...files].sort().map((file): Choice => {
    const folder = path.dirname(vscode.workspace.asRelativePath(file));
    const open = async () => vscode.workspace.openTextDocument(file);
    return { label: path.basename(file), iconPath: vscode.ThemeIcon.File, ...(folder === "." ? {} : { description: folder }), open };
  });
  return [{ label: "Networks", kind: vscode.QuickPickItemKind.Separator }, ...choices];
}

function ofTemplates(extension: vscode.Uri): Choice[] {
  const icon = new vscode.ThemeIcon("new-file");
  const choices = TEMPLATES.map(
    (template): Choice => ({
      label: template.title,
      description: template.detail,
      iconPath: icon,
      open: () => openTemplate(extension, template),
    }),
  );
  return [{ label: "New from template", kind: vscode.QuickPickItemKind.Separator }, ...choices];
}
