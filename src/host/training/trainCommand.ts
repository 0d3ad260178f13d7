import path from "node:path";
import * as vscode from "vscode";
import type { Places } from "../places.js";
import type { Reporter } from "../reporter.js";
import { trainingSettings } from "../settings.js";
import type { LiveRun } from "./liveRun.js";
import { newRecord } from "./newRecord.js";
import { readForTraining } from "./readForTraining.js";
import type { RunStore } from "./runStore.js";
import { askForRemedy, type RemedyActions } from "./startFailure.js";
import { mayTrain } from "./trust.js";

export interface TrainParts {
  readonly store: RunStore;
  readonly places: Places;
  readonly reporter: Reporter;
  readonly remedies: RemedyActions;
  readonly show: (run: LiveRun) => void;
}

/**
 * Trains the text as it stands in the editor, saved or not, as a run records its source; of source code `network` is what its model was
 * translated into. Fulfilled when training has begun.
 */
export async function train(document: vscode.TextDocument, parts: TrainParts, network?: string): Promise<void> {
  if (!mayTrain()) return;
  const source = network ?? document.getText();
  const { training, obstacle } = readForTraining(source, path.basename(document.uri.path));
  if (obstacle) return goTo(new vscode.Location(document.uri, document.positionAt(obstacle.start)), obstacle.message);
  const place = await parts.places.forRunOf(document.uri);
  const chosen = trainingSettings().engine;
  const record = newRecord({ file: place.file, source }, training, chosen === "wasm" ? "wasm" : "tensorflow", new Date());
  const run = parts.store.create(record, place.runsDirectory);
  parts.show(run);
  const task = { task: "train", source, file: place.file, runsDirectory: place.runsDirectory, overrides: {} } as const;
  for (let allowDownload = false; ; ) {
    try {
      return await run.begin(task, allowDownload);
    } catch (error) {
      const remedy = await askForRemedy(error, training.data, parts.remedies, parts.reporter);
      if (!remedy) return;
      allowDownload = remedy === "download";
    }
  }
}

/** Shows what keeps a document from being trained, and says it. */
export async function goTo({ uri, range: { start } }: vscode.Location, message: string): Promise<void> {
  await vscode.commands.executeCommand("vscode.open", uri, { selection: new vscode.Range(start, start) });
  void vscode.window.showErrorMessage(`${path.basename(uri.path)} cannot be trained yet. Line ${start.line + 1}: ${message}`);
}
