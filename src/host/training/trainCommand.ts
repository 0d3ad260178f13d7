import path from "node:path";
import * as vscode from "vscode";
import type { Translated } from "../../reading/toCnnJson.js";
import { beginRun, type TrainParts } from "./beginRun.js";
import { pickData } from "./pickData.js";
import { readForTraining } from "./readForTraining.js";
import { mayTrain } from "./trust.js";

/**
 * Trains the text as it stands in the editor, saved or not, as a run records its source; of source code `translated` is what its model
 * has become. Fulfilled when training has begun.
 */
export async function train(document: vscode.TextDocument, parts: TrainParts, translated?: Translated): Promise<void> {
  if (!mayTrain()) return;
  const source = translated?.text ?? document.getText();
  const { training, obstacle } = readForTraining(source, path.basename(document.uri.path));
  if (obstacle) return goTo(new vscode.Location(document.uri, document.positionAt(obstacle.start)), obstacle.message);
  const data = translated ? (translated.data ?? (await pickData())) : training.data;
  if (data !== undefined) await beginRun({ uri: document.uri, source, training: { ...training, data } }, parts);
}

/** Shows what keeps a document from being trained, and says it. */
export async function goTo({ uri, range: { start } }: vscode.Location, message: string): Promise<void> {
  await vscode.commands.executeCommand("vscode.open", uri, { selection: new vscode.Range(start, start) });
  void vscode.window.showErrorMessage(`${path.basename(uri.path)} cannot be trained yet. Line ${start.line + 1}: ${message}`);
}
