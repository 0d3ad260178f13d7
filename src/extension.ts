import * as vscode from "vscode";
import { describeError } from "./base/userError.js";
import { Host } from "./host/host.js";

let host: Host | undefined;

export function activate(context: vscode.ExtensionContext): void {
  try {
    host = new Host(context);
  } catch (error) {
    void vscode.window.showErrorMessage(`CNN Lab could not start. ${describeError(error)}`);
    throw error;
  }
}

/** Trainings end with a checkpoint before the window closes. */
export async function deactivate(): Promise<void> {
  await host?.shutdown();
}
