import { type Batch, gatherBatch } from "../data/batches.js";
import type { Split } from "../data/dataset.js";
import type { Executor } from "../engine/executor.js";
import { elementCount } from "../program/shapes.js";
import type { Scores } from "../run/record.js";
import { breathe } from "./breathe.js";
import { type Plan, toScores } from "./plan.js";
import { exampleFeeds, numberOf } from "./stepper.js";

/**
 * Measures the network as it is on the images `indexes` names, in batches, hearing the channel between them. Undefined when
 * `interrupted` says so on the way.
 */
export async function evaluate(
  executor: Executor,
  { training, dataset }: Plan,
  split: Split,
  indexes: Int32Array,
  interrupted: () => boolean = () => false,
): Promise<Scores | undefined> {
  const { batchSize, metrics } = training;
  const size = elementCount(dataset.shape);
  const room: Batch = { images: new Uint8Array(batchSize * size), labels: new Int32Array(batchSize) };
  let loss = 0;
  const sums = new Array<number>(metrics.length).fill(0);
  for (let from = 0; from < indexes.length; from += batchSize) {
    await breathe();
    if (interrupted()) return undefined;
    const count = gatherBatch(split, indexes, from, from + batchSize, room);
    const [lossSum, ...metricSums] = executor.run("evaluate", exampleFeeds(room, count, dataset.shape));
    loss += numberOf(lossSum);
    for (const [i, sum] of metricSums.entries()) sums[i] = (sums[i] ?? 0) + numberOf(sum);
  }
  return toScores(
    training,
    loss / indexes.length,
    sums.map((sum) => sum / indexes.length),
  );
}
