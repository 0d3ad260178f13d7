import type { TrainingProgress } from "../run/progress.js";
import { runFiles } from "./runFolder.js";
import { StepFiles } from "./stepFiles.js";
import type { Tensors } from "./tensorFile.js";

/** All of a training at a step: every variable of the program, and where it stands. */
export interface Checkpoint {
  readonly progress: TrainingProgress;
  readonly variables: Tensors;
}

/** How many are kept: should the newest be damaged, the one before it is used. */
const KEPT = 2;

const files = (folder: string) => new StepFiles(runFiles(folder).checkpoints, "checkpoint");

/** Writes a checkpoint and removes those before the latest two, and those of a future that was gone back from. */
export async function writeCheckpoint(folder: string, { progress, variables }: Checkpoint): Promise<void> {
  const checkpoints = files(folder);
  await checkpoints.write(progress.step, { meta: progress, tensors: variables });
  const steps = await checkpoints.steps();
  const later = steps.filter((step) => step > progress.step);
  const earlier = steps.filter((step) => step < progress.step);
  await checkpoints.remove([...later, ...earlier.slice(0, Math.max(0, earlier.length - (KEPT - 1)))]);
}

/** The newest checkpoint that is whole. */
export async function readNewestCheckpoint(folder: string): Promise<Checkpoint | undefined> {
  const checkpoints = files(folder);
  for (const step of (await checkpoints.steps()).reverse()) {
    const file = await checkpoints.read(step);
    if (file !== undefined) return { progress: file.meta as TrainingProgress, variables: file.tensors };
  }
  return undefined;
}
