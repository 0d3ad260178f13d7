import * as vscode from "vscode";

/** Whether training is allowed here; says why not, with the way to change it. */
export function mayTrain(): boolean {
  if (vscode.workspace.isTrusted) return true;
  void explain();
  return false;
}

async function explain(): Promise<void> {
  const manage = "Manage Trust";
  const reason =
    "Shapes work here; training needs a trusted workspace, as a network file decides which data is read and how long the machine is busy.";
  if ((await vscode.window.showWarningMessage(reason, manage)) === manage) await vscode.commands.executeCommand("workbench.trust.manage");
}
