import type { EarlyStoppingConfig } from "../model/training.js";
import type { EarlyStoppingState } from "../run/progress.js";
import type { RunRecord, Scores } from "../run/record.js";

/** The state after an epoch that ended with this loss. */
export function watchLoss(state: EarlyStoppingState, loss: number, config: EarlyStoppingConfig): EarlyStoppingState {
  const improved = state.best === undefined || loss < state.best - config.minimumImprovement;
  return improved ? { best: loss, waited: 0 } : { best: state.best, waited: state.waited + 1 };
}

export function hasWaitedEnough(state: EarlyStoppingState, config: EarlyStoppingConfig | undefined): boolean {
  return config !== undefined && state.waited >= config.patience;
}

/** Whether an epoch's weights are better than the best so far: by accuracy where it is measured, ties and all else by loss. */
export function isBetter(scores: Scores, best: RunRecord["best"]): boolean {
  if (best === undefined) return true;
  const { accuracy = 0, loss } = scores;
  const { accuracy: bestAccuracy = 0, loss: bestLoss } = best.validation;
  return accuracy === bestAccuracy ? loss < bestLoss : accuracy > bestAccuracy;
}
