import type * as vscode from "vscode";
import type { TrainingConfig } from "../../model/training.js";
import type { StartingWeights } from "../../run/start.js";
import type { Places } from "../places.js";
import type { Reporter } from "../reporter.js";
import { trainingSettings } from "../settings.js";
import type { LiveRun } from "./liveRun.js";
import { newRecord } from "./newRecord.js";
import type { RunStore } from "./runStore.js";
import { askForRemedy, type RemedyActions } from "./startFailure.js";

export interface TrainParts {
  readonly store: RunStore;
  readonly places: Places;
  readonly reporter: Reporter;
  readonly remedies: RemedyActions;
  readonly show: (run: LiveRun) => void;
}

/** A network that nothing keeps from being trained. */
export interface SoundNetwork {
  /** The file it is of. */
  readonly uri: vscode.Uri;
  /** The text of a `.cnn.json` file. */
  readonly source: string;
  readonly training: TrainingConfig;
  readonly start?: StartingWeights;
}

/** Shows a new run and begins it, again where what failed has a remedy that the user chooses. Fulfilled when training has begun. */
export async function beginRun({ uri, source, training, start }: SoundNetwork, parts: TrainParts): Promise<void> {
  const place = await parts.places.forRunOf(uri);
  const chosen = trainingSettings().engine;
  const record = newRecord({ file: place.file, source }, training, chosen === "wasm" ? "wasm" : "tensorflow", new Date());
  const run = parts.store.create(record, place.runsDirectory);
  parts.show(run);
  const task = {
    task: "train",
    source,
    file: place.file,
    runsDirectory: place.runsDirectory,
    overrides: { data: training.data },
    ...(start && { start }),
  } as const;
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
