import * as vscode from "vscode";
import type { Analyses } from "./analyses.js";

/** Edits that make problems right, the surest first. */
export class NetworkQuickFixes implements vscode.CodeActionProvider {
  constructor(private readonly analyses: Analyses) {}

  provideCodeActions(document: vscode.TextDocument, asked: vscode.Range, context: vscode.CodeActionContext): vscode.CodeAction[] {
    const { analysis, range } = this.analyses.of(document);
    return analysis.problems.flatMap((problem) => {
      const place = range(problem.range);
      if (!place.intersection(asked)) return [];
      return problem.fixes.map((fix, i) => {
        const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
        action.edit = new vscode.WorkspaceEdit();
        for (const edit of fix.edits) action.edit.replace(document.uri, range(edit.range), edit.text);
        action.diagnostics = context.diagnostics.filter((diagnostic) => diagnostic.range.intersection(place));
        action.isPreferred = i === 0;
        return action;
      });
    });
  }
}
