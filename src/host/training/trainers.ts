import path from "node:path";
import * as vscode from "vscode";
import { defaultEnginesDirectory } from "../../engine/install/location.js";
import { defaultDataDirectory } from "../../launch/dataDirectory.js";
import { TrainerProcess } from "../../launch/trainerProcess.js";
import type { TrainerSettings, TrainerTask } from "../../protocol/trainer.js";
import type { Places } from "../places.js";
import { trainingSettings } from "../settings.js";

/** A trainer process as a run needs it. */
export type Trainer = Pick<TrainerProcess, keyof TrainerProcess>;

/** `network`: the absolute path of the file a run is about, whose folder data is looked for in first. */
export type StartTrainer = (task: TrainerTask, network: string, allowDownload: boolean) => Trainer;

/** Starts the extension's own trainer with the settings of the moment. */
export function trainerStarter(extension: vscode.Uri, places: Places): StartTrainer {
  const trainerFile = vscode.Uri.joinPath(extension, "dist", "trainer.js").fsPath;
  return (task, network, allowDownload) => new TrainerProcess(trainerFile, task, settingsFor(network, places, allowDownload));
}

function settingsFor(network: string, places: Places, allowDownload: boolean): TrainerSettings {
  const { engine, threads, dataFolder } = trainingSettings();
  return {
    engine,
    ...(threads !== undefined && { threads }),
    enginesDirectory: defaultEnginesDirectory(),
    cacheDirectory: defaultDataDirectory(),
    searchDirectories: [path.dirname(network), ...places.workspaceFolders(), ...(dataFolder === undefined ? [] : [dataFolder])],
    allowDownload,
  };
}
