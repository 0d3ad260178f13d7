import { UserError } from "../base/userError.js";
import { countUp } from "../data/batches.js";
import type { TrainingProgress } from "../run/progress.js";
import type { RunRecord } from "../run/record.js";
import { readSnapshot } from "../runs/snapshots.js";
import { evaluate } from "./evaluate.js";
import type { LoopParts } from "./loop.js";
import { readVariables } from "./variables.js";

/** Sets the best weights and measures them on the test images. A wish of the user interrupts it; the weights are then as before. */
export async function testBest(
  { executor, compiled, plan, journal, controls }: LoopParts,
  { step, best }: TrainingProgress,
): Promise<Pick<RunRecord, "test"> | "interrupted"> {
  const { test } = plan.dataset;
  const before = readVariables(executor, compiled, "weights");
  if (best !== undefined && best.step !== step) {
    const snapshot = await readSnapshot(journal.folder, best.step);
    if (snapshot === undefined) throw new UserError(`The best weights, of epoch ${best.epoch}, cannot be read from ${journal.folder}.`);
    executor.write(snapshot.weights);
  }
  if (test.count === 0) return {};
  const scores = await evaluate(executor, plan, test, countUp(test.count), () => controls.wish !== "run");
  if (scores !== undefined) return { test: scores };
  executor.write(before);
  return "interrupted";
}
