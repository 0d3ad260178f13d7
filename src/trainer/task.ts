import { UserError } from "../base/userError.js";
import type { TrainingConfig } from "../model/training.js";
import type { TrainerTask } from "../protocol/trainer.js";
import type { RunRecord } from "../run/record.js";
import type { StartingWeights } from "../run/start.js";
import { readRun } from "../runs/readRun.js";
import { readSource, type SoundNetwork } from "./source.js";

/** A task with what it is about read from the network's text or the run's folder. */
export type Work = SoundNetwork & {
  /** The data set's name was given by the user, not by the network's file. */
  readonly dataFromUser: boolean;
} & (
    | {
        readonly work: "begin";
        readonly source: string;
        readonly file: string;
        readonly runsDirectory: string;
        readonly start: StartingWeights | undefined;
      }
    | { readonly work: "resume"; readonly folder: string; readonly record: RunRecord; readonly learningRate: number | undefined }
  );

/** Throws UserError for a network that cannot be trained or a run that cannot be resumed. */
export async function readTask(task: TrainerTask): Promise<Work> {
  if (task.task === "train") {
    const { source, file, runsDirectory, start, overrides } = task;
    const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
    const sound = readSource(source, file, (own) => ({ ...own, ...given }));
    return { work: "begin", ...sound, source, file, runsDirectory, start, dataFromUser: overrides.data !== undefined };
  }
  const record = await readRun(task.runDirectory);
  if (record.state === "finished") throw new UserError(`Run ${record.id} has finished: there is nothing left to train.`);
  const { source, file } = record.network;
  let own: TrainingConfig = record.training;
  const sound = readSource(source, file, (ofFile) => {
    own = ofFile;
    return record.training;
  });
  const dataFromUser = own.data !== record.training.data;
  return { work: "resume", ...sound, folder: task.runDirectory, record, learningRate: task.learningRate, dataFromUser };
}
