import * as vscode from "vscode";
import type { Event } from "../../base/event.js";
import { COMMANDS } from "../ids.js";
import type { Analyses, Shown } from "./analyses.js";
import { type LensPart, lensParts, type TrainingState } from "./lensParts.js";

/** Where the lens learns of trainings. */
export interface Trainings {
  stateOf(network: vscode.Uri): TrainingState;
  readonly onDidChange: Event<void>;
}

/** The line above a network: what can be done with it, and its figures. */
export class NetworkLens implements vscode.CodeLensProvider {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(
    private readonly analyses: Analyses,
    private readonly trainings: Trainings,
  ) {}

  /** Trust or a training has changed. */
  refresh(): void {
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const shown = this.analyses.of(document);
    const state = this.trainings.stateOf(document.uri);
    const parts = lensParts(shown.analysis, state, vscode.workspace.isTrusted);
    const top = new vscode.Range(0, 0, 0, 0);
    return parts.map((part) => new vscode.CodeLens(top, command(part, document.uri, state.run, shown)));
  }
}

function command({ title, action }: LensPart, uri: vscode.Uri, run: string | undefined, { analysis, range }: Shown): vscode.Command {
  if (!action) return { title, command: "" };
  switch (action) {
    case "train":
    case "showModel":
      return { title, command: COMMANDS[action], arguments: [uri] };
    case "showTraining":
    case "stop":
      return { title, command: COMMANDS[action], arguments: [run] };
    case "trust":
      return { title, command: "workbench.trust.manage" };
    case "firstProblem": {
      const [first] = analysis.problems;
      return { title, command: "vscode.open", arguments: [uri, first && { selection: range(first.range) }] };
    }
  }
}
