import * as vscode from "vscode";
import { UserError } from "../../base/userError.js";
import type { Reporter } from "../reporter.js";

/** What a failure's buttons set off; each answers whether it came to something. */
export interface RemedyActions {
  chooseDataFolder(): Promise<boolean>;
  installTensorFlow(): Promise<boolean>;
}

/** What the user chose to do about a training that did not start. */
export type Remedy = "again" | "download";

/** Shows why a training did not start, with what can be done about it as buttons; undefined: nothing. */
export async function askForRemedy(error: unknown, data: string, actions: RemedyActions, reporter: Reporter): Promise<Remedy | undefined> {
  if (error instanceof UserError) reporter.log.warn(error.message);
  if (error instanceof UserError && error.code === "dataMissing") return missingData(error.message, data, actions);
  if (error instanceof UserError && error.code === "engineMissing") return missingEngine(error.message, actions);
  reporter.show(error);
  return undefined;
}

async function missingData(message: string, data: string, actions: RemedyActions): Promise<Remedy | undefined> {
  const download = "Download MNIST";
  const choose = "Choose Folder...";
  const answer = await vscode.window.showWarningMessage(message, ...(data === "mnist" ? [download, choose] : [choose]));
  if (answer === download) return "download";
  if (answer === choose && (await actions.chooseDataFolder())) return "again";
  return undefined;
}

async function missingEngine(message: string, actions: RemedyActions): Promise<Remedy | undefined> {
  const install = "Install TensorFlow";
  if ((await vscode.window.showWarningMessage(message, install)) !== install) return undefined;
  return (await actions.installTensorFlow()) ? "again" : undefined;
}
