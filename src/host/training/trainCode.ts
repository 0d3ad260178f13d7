import * as vscode from "vscode";
import { kindOfFile, mentionsFramework } from "../../reading/files.js";
import { toCnnJson } from "../../reading/toCnnJson.js";
import type { ModelTarget } from "../../reading/types.js";
import type { ShownCode } from "../annotate/code/codeAnalyses.js";
import { CELL_SCHEME } from "../annotate/code/codeText.js";
import type { TrainParts } from "./beginRun.js";
import { goTo, train } from "./trainCommand.js";
import { mayTrain } from "./trust.js";

/** Whether a document may be source code that makes networks; a cell of a notebook may with those around it. */
export function isCode(document: vscode.TextDocument): boolean {
  return document.uri.scheme === CELL_SCHEME || (kindOfFile(document.fileName) !== undefined && mentionsFramework(document.getText()));
}

/** Trains a model of source code: the one of this expression, else the only one, else the one the user picks. */
export async function trainCode(
  document: vscode.TextDocument,
  shown: ShownCode | undefined,
  parts: TrainParts,
  expression?: string,
): Promise<void> {
  if (!mayTrain()) return;
  const source = shown?.analysis.source;
  const target = expression ?? (await pickTarget(source?.targets ?? [], "Train CNN"));
  if (!shown || !source || source.targets.length === 0) {
    void vscode.window.showErrorMessage(
      `${document.fileName} makes no model that can be read; a class or function that needs no arguments would.`,
    );
    return;
  }
  if (target === undefined) return;
  const translated = toCnnJson(source.read(target));
  if (translated.ok) return train(document, parts, translated.value);
  const { message, range } = translated.error;
  return goTo(shown.locate(range ?? { start: 0, end: 0 }), `${message}.`);
}

/** The expression of the only target, else of the one the user picks for the command of this title. */
export async function pickTarget(targets: readonly ModelTarget[], title: string): Promise<string | undefined> {
  const [only, ...others] = targets;
  if (others.length === 0) return only?.expression;
  const items = targets.map(({ expression, kind }) => ({ label: expression, description: kind }));
  return (await vscode.window.showQuickPick(items, { title, placeHolder: "Which model" }))?.label;
}
