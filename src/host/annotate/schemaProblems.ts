import * as vscode from "vscode";
import type { Problem } from "../../base/problem.js";

/** What the schema says too: while the editor's own JSON support is there to say it, it is said once. */
const CODES_OF_SCHEMA: ReadonlySet<string> = new Set([
  "syntax",
  "unknown-argument",
  "wrong-value",
  "missing-argument",
  "unknown-layer",
  "missing-input",
]);

/** Problems that nobody else tells of a network's file. */
export function untoldProblems(problems: readonly Problem[], document: vscode.TextDocument): Problem[] {
  return problems.filter((problem) => !CODES_OF_SCHEMA.has(problem.code) || !jsonIsValidated(document));
}

/** VS Code's JSON support holds this document against the schema. */
function jsonIsValidated(document: vscode.TextDocument): boolean {
  const isJson = document.languageId === "jsonc" || document.languageId === "json";
  const enabled = vscode.workspace.getConfiguration("json", document).get<boolean>("validate.enable", true);
  return isJson && enabled && vscode.extensions.getExtension("vscode.json-language-features") !== undefined;
}
