import type * as vscode from "vscode";
import { Owner } from "../../base/disposable.js";
import { Emitter } from "../../base/event.js";
import { progressOf, scoresText } from "../training/describeRun.js";
import type { LiveRun } from "../training/liveRun.js";
import type { RunStore } from "../training/runStore.js";
import type { Trainings } from "./lens.js";
import type { TrainingState } from "./lensParts.js";

/** Trainings of networks as the runs of this window tell them. */
export class StoreTrainings extends Owner implements Trainings {
  readonly #didChange = this._register(new Emitter<void>());
  readonly onDidChange = this.#didChange.event;
  #told = "";

  /** `fileOf` answers the path of the network that a run trains. */
  constructor(
    private readonly store: RunStore,
    private readonly fileOf: (run: LiveRun) => string,
  ) {
    super();
    this._register(store.onDidChange(() => this.#tellIfDifferent()));
  }

  stateOf(network: vscode.Uri): TrainingState {
    const runs = this.store.known.filter((run) => run.runDirectory !== "" && this.fileOf(run) === network.fsPath);
    const newest = runs.sort((a, b) => b.record.created.localeCompare(a.record.created))[0];
    const live = runs.find((run) => run.live);
    return { progress: live && progressText(live), run: (live ?? newest)?.runDirectory };
  }

  /** Runs of a network that have a folder, the newest first; looks into folders where nobody has yet. */
  async runsOf(network: vscode.Uri): Promise<readonly LiveRun[]> {
    const runs = (await this.store.all()).filter((run) => run.runDirectory !== "" && this.fileOf(run) === network.fsPath);
    return runs.sort((a, b) => b.record.created.localeCompare(a.record.created));
  }

  /** The store changes with every measured step; what is told here only with an epoch. */
  #tellIfDifferent(): void {
    const now = this.store.known.map((run) => `${run.runDirectory} ${run.live ? progressText(run) : ""}`).join("\n");
    if (now === this.#told) return;
    this.#told = now;
    this.#didChange.fire();
  }
}

/** "Epoch 8 of 12, 98.84 %" */
function progressText(run: LiveRun): string {
  const { epoch, epochs, scores } = progressOf(run);
  const score = scores ? `, ${scoresText(scores)}` : "";
  return `${run.record.state === "paused" ? "Paused in epoch" : "Epoch"} ${epoch} of ${epochs}${score}`;
}
