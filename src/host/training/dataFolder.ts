import * as vscode from "vscode";
import { chooseFolder } from "../chooseFolder.js";
import { SETTINGS } from "../ids.js";

/** Asks for the folder to look for data sets in and keeps it in the user's settings; false: none was chosen. */
export async function chooseDataFolder(): Promise<boolean> {
  const folder = await chooseFolder("Folder with Data Sets", "Choose");
  if (!folder) return false;
  await vscode.workspace.getConfiguration().update(SETTINGS.dataFolder, folder.fsPath, vscode.ConfigurationTarget.Global);
  return true;
}
