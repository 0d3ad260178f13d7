import * as vscode from "vscode";
import type { CodeAnalyses } from "./codeAnalyses.js";

/** Edits that make problems of source files right, the surest first. */
export class CodeFixes implements vscode.CodeActionProvider {
  constructor(private readonly analyses: CodeAnalyses) {}

  async provideCodeActions(
    document: vscode.TextDocument,
    asked: vscode.Range,
    context: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const shown = await this.analyses.of(document);
    if (!shown || shown.stale) return [];
    return shown.analysis.problems.flatMap((problem) => {
      const place = shown.range(problem.range);
      if (!place.intersection(asked)) return [];
      return problem.fixes.map((fix, i) => {
        const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
        action.edit = new vscode.WorkspaceEdit();
        for (const edit of fix.edits) action.edit.replace(document.uri, shown.range(edit.range), edit.text);
        action.diagnostics = context.diagnostics.filter((found) => found.range.intersection(place));
        action.isPreferred = i === 0;
        return action;
      });
    });
  }
}
