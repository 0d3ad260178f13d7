import { runFiles } from "./runFolder.js";
import { StepFiles } from "./stepFiles.js";
import type { Tensors } from "./tensorFile.js";

/** Weights and statistics at the end of an epoch: what is needed to look at a network or to use it, not to train it on. */
export interface Snapshot {
  readonly step: number;
  readonly epoch: number;
  readonly weights: Tensors;
}

/** What a run's snapshots may take on disk together. */
const BUDGET_BYTES = 1e9;

const files = (folder: string) => new StepFiles(runFiles(folder).snapshots, "weights");

/** Writes a snapshot, then thins them evenly to what the budget holds; those of steps in `keep` stay. Throws UserError. */
export async function writeSnapshot(
  folder: string,
  { step, epoch, weights }: Snapshot,
  keep: readonly number[],
  budget = BUDGET_BYTES,
): Promise<void> {
  const snapshots = files(folder);
  const size = await snapshots.write(step, { meta: { epoch }, tensors: weights });
  await snapshots.remove(tooMany(await snapshots.steps(), Math.floor(budget / size), [...keep, step]));
}

/** Undefined where there is none of this step, or a damaged one. */
export async function readSnapshot(folder: string, step: number): Promise<Snapshot | undefined> {
  const file = await files(folder).read(step);
  return file && { step, epoch: (file.meta as { readonly epoch: number }).epoch, weights: file.tensors };
}

/** The steps a run has snapshots of, rising. */
export function snapshotSteps(folder: string): Promise<number[]> {
  return files(folder).steps();
}

/** Removes snapshots of a future that was gone back from. */
export async function removeSnapshotsAfter(folder: string, step: number): Promise<void> {
  const snapshots = files(folder);
  await snapshots.remove((await snapshots.steps()).filter((each) => each > step));
}

/** Which of the (rising) steps to remove to have `limit` left: again and again the one with its neighbours nearest to each other. */
export function tooMany(steps: readonly number[], limit: number, keep: readonly number[]): number[] {
  const left = [...steps];
  const removed: number[] = [];
  while (left.length > limit) {
    const gaps = left.map((step, i) => (keep.includes(step) ? Number.POSITIVE_INFINITY : (left[i + 1] ?? step) - (left[i - 1] ?? 0)));
    const smallest = Math.min(...gaps);
    if (smallest === Number.POSITIVE_INFINITY) break;
    removed.push(...left.splice(gaps.indexOf(smallest), 1));
  }
  return removed;
}
