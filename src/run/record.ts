import type { TrainingConfig } from "../model/training.js";
import type { EngineDescription } from "../program/engine.js";

/** One training of a network. A run that says "running" though its process is gone was killed: see `state` on load. */
export type RunState = "starting" | "running" | "paused" | "finished" | "stopped" | "diverged" | "failed" | "killed";

/** Whether a run in this state has a trainer. */
export function isUnderWay(state: RunState): boolean {
  return state === "starting" || state === "running" || state === "paused";
}

/**
 * Something worth a rule on the chart. "rate" is the rate of the next step; the schedule is multiplied by the same factor from there on.
 * "best" says that the weights of an earlier epoch were set at the end.
 */
export type RunEvent = { readonly step: number; readonly time: string } & (
  | { readonly event: "rate"; readonly learningRate: number }
  | { readonly event: "resumed"; readonly bitEqual: boolean; readonly reason?: string }
  | { readonly event: "paused" | "continued" | "stopped" | "killed" }
  | { readonly event: "best"; readonly epoch: number }
  | { readonly event: "earlyStop"; readonly epoch: number }
  | { readonly event: "diverged"; readonly layer?: string; readonly lastGoodStep: number }
);

/** What is measured on a whole split. Accuracies are 0 to 1. */
export interface Scores {
  readonly loss: number;
  readonly accuracy?: number;
  readonly top5?: number;
  readonly meanAbsoluteError?: number;
}

/** `.cnn/runs/<id>/run.json`, replaced whole at each change of state, event and epoch. */
export interface RunRecord {
  readonly format: 1;
  /** Six hexadecimal digits or more, also the folder's name. */
  readonly id: string;
  readonly network: {
    /** Relative to the workspace where it lies inside, else absolute. */
    readonly file: string;
    readonly source: string;
    /** SHA-256 of the source. */
    readonly hash: string;
    /** The saved model whose weights it began with, named as `file` is; the run's folder holds those weights. */
    readonly weights?: string;
  };
  readonly data: {
    readonly name: string;
    readonly hash: string;
    readonly train: number;
    readonly validation: number;
    readonly test: number;
    /** Names of the classes, in the order of the network's outputs. */
    readonly classes?: readonly string[];
  };
  readonly training: TrainingConfig;
  readonly engine: EngineDescription;
  /** ISO 8601, UTC. */
  readonly created: string;
  readonly updated: string;
  readonly state: RunState;
  /** Of the trainer, while there is one. */
  readonly pid?: number;
  readonly step: number;
  readonly stepsPerEpoch: number;
  /** Step of the newest checkpoint: nothing before it can be lost. */
  readonly checkpoint?: number;
  /** SHA-256 of the compiled program: an update of CNN Lab may compute a network differently. */
  readonly programHash?: string;
  /** Training time so far in seconds, pauses left out. */
  readonly seconds: number;
  /** `validation` is of the training images where none are held out. */
  readonly best?: { readonly epoch: number; readonly step: number; readonly validation: Scores };
  /** Of the best weights, at the end. */
  readonly test?: Scores;
  readonly events: readonly RunEvent[];
  /** One sentence for states that need one (failed, diverged). */
  readonly message?: string;
}
