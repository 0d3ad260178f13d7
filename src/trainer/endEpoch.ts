import { emptySums, type TrainingProgress } from "../run/progress.js";
import { writeSnapshot } from "../runs/snapshots.js";
import { type Divergence, hasExploded, nonFiniteLayer } from "./divergence.js";
import { isBetter, watchLoss } from "./earlyStopping.js";
import { evaluate } from "./evaluate.js";
import type { LoopParts } from "./loop.js";
import { toScores } from "./plan.js";
import { readVariables } from "./variables.js";

/**
 * What there is to do after an epoch's last step: validation, best weights, a snapshot. Answers where the training stands then. A wish
 * of the user interrupts it; it is then to be done again, whole.
 */
export async function endEpoch(
  { executor, compiled, plan, journal, controls }: LoopParts,
  progress: TrainingProgress,
  seconds: () => number,
): Promise<TrainingProgress | Divergence | "interrupted"> {
  const { training, dataset, split } = plan;
  const { step, sums, firstLoss = 1 } = progress;
  const weights = readVariables(executor, compiled, "weights");
  const layer = nonFiniteLayer(weights);
  if (layer !== undefined) return { kind: "weights", step, layer };
  const held = split.validation.length > 0;
  const validation = held && (await evaluate(executor, plan, dataset.train, split.validation, () => controls.wish !== "run"));
  if (validation === undefined) return "interrupted";
  const train = toScores(
    training,
    sums.loss / sums.examples,
    sums.metrics.map((sum) => sum / sums.examples),
  );
  const scores = validation || train;
  if (hasExploded(scores.loss, firstLoss)) return { kind: "loss", step, loss: scores.loss, firstLoss };
  const epoch = progress.epoch + 1;
  const best = isBetter(scores, progress.best) ? { epoch, step, validation: scores } : progress.best;
  const keep = [best, progress.best].flatMap((each) => each?.step ?? []);
  await writeSnapshot(journal.folder, { step, epoch, weights }, keep);
  journal.note({ kind: "epoch", epoch, step, time: seconds(), train, ...(validation && { validation }) });
  return {
    ...progress,
    epoch,
    sums: emptySums(training.metrics.length),
    ...(best && { best }),
    ...(training.earlyStopping && { earlyStopping: watchLoss(progress.earlyStopping, scores.loss, training.earlyStopping) }),
  };
}
