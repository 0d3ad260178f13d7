import type { TrainingSplit } from "../data/batches.js";
import type { Dataset } from "../data/dataset.js";
import type { TrainingConfig } from "../model/training.js";
import type { Scores } from "../run/record.js";

/** What is trained on, and how: fixed for a run. */
export interface Plan {
  readonly training: TrainingConfig;
  readonly dataset: Dataset;
  readonly split: TrainingSplit;
  /** The last, smaller batch of an epoch is trained on as well, as Keras does: a second size costs the engines nothing (measured). */
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
}

export function planTraining(training: TrainingConfig, dataset: Dataset, split: TrainingSplit): Plan {
  const stepsPerEpoch = Math.ceil(split.train.length / training.batchSize);
  return { training, dataset, split, stepsPerEpoch, totalSteps: training.epochs * stepsPerEpoch };
}

/** Scores from a loss and the training block's metrics, in its order. */
export function toScores({ metrics }: TrainingConfig, loss: number, values: readonly number[]): Scores {
  return { loss, ...Object.fromEntries(metrics.map((name, i) => [name, values[i]])) };
}
