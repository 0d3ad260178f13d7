import path from "node:path";
import * as vscode from "vscode";
import { InspectorThread } from "../models/inspectorThread.js";
import { beginRun, type TrainParts } from "./beginRun.js";
import { pickData } from "./pickData.js";
import { readForTraining } from "./readForTraining.js";
import { mayTrain } from "./trust.js";

/** Trains a saved model on from its own weights, or says what keeps it from being trained. Fulfilled when training has begun. */
export async function trainSaved(file: vscode.Uri, parts: TrainParts, extension: vscode.Uri): Promise<void> {
  if (!mayTrain()) return;
  // The file may be large, broken or hostile: it is read apart.
  const thread = new InspectorThread(extension);
  try {
    const network = await thread.ask("network", { file: file.fsPath });
    const { training, obstacle } = readForTraining(network.source, path.basename(file.path));
    if (obstacle) {
      void vscode.window.showErrorMessage(`${path.basename(file.path)} cannot be trained: ${obstacle.message}`);
      return;
    }
    const data = network.data ?? (await pickData());
    if (data !== undefined) await beginRun({ uri: file, training: { ...training, data }, ...network }, parts);
  } finally {
    thread.dispose();
  }
}
