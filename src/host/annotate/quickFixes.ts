import * as vscode from "vscode";
import type { FindProblems } from "./shownProblems.js";

/** Edits that make problems right, the surest first. */
export class QuickFixes implements vscode.CodeActionProvider {
  constructor(private readonly find: FindProblems) {}

  async provideCodeActions(
    document: vscode.TextDocument,
    asked: vscode.Range,
    context: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const shown = await this.find(document);
    if (!shown || shown.stale) return [];
    return shown.problems.flatMap((problem) => {
      const { uri, range: place } = shown.locate(problem.range);
      if (uri.toString() !== document.uri.toString() || !place.intersection(asked)) return [];
      return problem.fixes.map((fix, i) => {
        const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
        action.edit = new vscode.WorkspaceEdit();
        for (const edit of fix.edits) {
          const changed = shown.locate(edit.range);
          action.edit.replace(changed.uri, changed.range, edit.text);
        }
        action.diagnostics = context.diagnostics.filter((diagnostic) => diagnostic.range.intersection(place));
        action.isPreferred = i === 0;
        return action;
      });
    });
  }
}
