import type { RunRecord } from "./record.js";

/** Sums over the examples of an epoch that is under way. */
export interface EpochSums {
  readonly examples: number;
  readonly loss: number;
  /** In the order of the training block's metrics. */
  readonly metrics: readonly number[];
}

export interface EarlyStoppingState {
  /** The loss to beat; undefined before the first epoch's end. */
  readonly best: number | undefined;
  /** Epochs since it was beaten. */
  readonly waited: number;
}

/**
 * Where a training stands: with all variables this is a checkpoint, from which it goes on bit-equal. Plain JSON. Every random number is a
 * function of seed, step and epoch, so these are the random counters too.
 */
export interface TrainingProgress {
  /** Steps taken. */
  readonly step: number;
  /** Epochs whose end (validation, best weights) is behind; the epoch under way is the next. */
  readonly epoch: number;
  /** Seconds of training, pauses left out. */
  readonly seconds: number;
  /** What the schedule's rate is multiplied by since the user changed it; 1 before. */
  readonly rateFactor: number;
  /** Of the first step: what an exploding loss is told by. */
  readonly firstLoss?: number;
  readonly sums: EpochSums;
  readonly earlyStopping: EarlyStoppingState;
  readonly best?: NonNullable<RunRecord["best"]>;
  /** Length of metrics.jsonl: what stands behind it came later. */
  readonly metricsBytes: number;
}

/** Before the first step. */
export function startOfTraining(metricCount: number): TrainingProgress {
  return {
    step: 0,
    epoch: 0,
    seconds: 0,
    rateFactor: 1,
    sums: emptySums(metricCount),
    earlyStopping: { best: undefined, waited: 0 },
    metricsBytes: 0,
  };
}

export function emptySums(metricCount: number): EpochSums {
  return { examples: 0, loss: 0, metrics: new Array<number>(metricCount).fill(0) };
}
