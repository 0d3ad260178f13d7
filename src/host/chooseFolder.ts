import * as vscode from "vscode";

/** Asks for one folder that exists; undefined: the user chose none. */
export async function chooseFolder(title: string, openLabel: string): Promise<vscode.Uri | undefined> {
  const folders = await vscode.window.showOpenDialog({ title, openLabel, canSelectFiles: false, canSelectFolders: true });
  return folders?.[0];
}
