import * as vscode from "vscode";

const FILTERS: Readonly<Record<string, Record<string, string[]>>> = {
  png: { "PNG picture": ["png"] },
  csv: { "Comma-separated values": ["csv"] },
};

/** Asks where to write a file, beside the workspace at first, and writes it; nothing happens when the dialog is cancelled. */
export async function saveFile(name: string, content: Uint8Array | string): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const filters = FILTERS[name.split(".").at(-1) ?? ""];
  const uri = await vscode.window.showSaveDialog({
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
    ...(filters === undefined ? {} : { filters }),
  });
  if (uri === undefined) return;
  await vscode.workspace.fs.writeFile(uri, typeof content === "string" ? new TextEncoder().encode(content) : content);
}
