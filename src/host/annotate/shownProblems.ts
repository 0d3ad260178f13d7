import type * as vscode from "vscode";
import type { Problem } from "../../base/problem.js";
import type { TextRange } from "../../base/text.js";

/** Problems of a document, and where they are in it now. */
export interface ShownProblems {
  readonly problems: readonly Problem[];
  locate(range: TextRange): vscode.Location;
  /** They are those of an earlier text: shown, but no edit of theirs is offered. */
  readonly stale?: boolean;
}

/** Finds the problems of a document; undefined where it is none of ours. */
export type FindProblems = (document: vscode.TextDocument) => Promise<ShownProblems | undefined> | ShownProblems | undefined;
