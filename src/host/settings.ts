import * as vscode from "vscode";
import type { EngineName } from "../program/engine.js";
import { SETTINGS } from "./ids.js";

/** What is set for a document. Asked for by its section, as VS Code copies all settings of a section for each question. */
export function settingOf(name: (typeof SETTINGS)[keyof typeof SETTINGS], document: vscode.TextDocument): unknown {
  const dot = name.lastIndexOf(".");
  return vscode.workspace.getConfiguration(name.slice(0, dot), document).get<unknown>(name.slice(dot + 1));
}

/** The user's choices for a training. */
export interface TrainingSettings {
  readonly engine: EngineName | "auto";
  /** Undefined: one for each core. */
  readonly threads: number | undefined;
  /** Undefined: none chosen. */
  readonly dataFolder: string | undefined;
}

export function trainingSettings(): TrainingSettings {
  const configuration = vscode.workspace.getConfiguration();
  const engine = configuration.get<string>(SETTINGS.engine);
  const threads = configuration.get<number>(SETTINGS.threads) ?? 0;
  const dataFolder = configuration.get<string>(SETTINGS.dataFolder)?.trim();
  return {
    engine: engine === "tensorflow" || engine === "wasm" ? engine : "auto",
    threads: Number.isInteger(threads) && threads > 0 ? threads : undefined,
    dataFolder: dataFolder ? dataFolder : undefined,
  };
}

export function resumesAfterReload(): boolean {
  return vscode.workspace.getConfiguration().get<boolean>(SETTINGS.resumeAfterReload) ?? true;
}
