import { readFile } from "node:fs/promises";
import path from "node:path";
import { UserError } from "../base/userError.js";
import { readRecord } from "../run/readRecord.js";
import { isUnderWay, type RunRecord } from "../run/record.js";
import { readNewestCheckpoint } from "./checkpoints.js";
import { runFiles, runFolders } from "./runFolder.js";
import { readSnapshot, snapshotSteps } from "./snapshots.js";
import type { Tensors } from "./tensorFile.js";
import { trainerOf } from "./trainerLock.js";

/** The record of a run. One that says it is under way though its trainer is gone is "killed". Throws UserError where it cannot be read. */
export async function readRun(folder: string): Promise<RunRecord> {
  const record = await readRunFile(folder);
  if (!isUnderWay(record.state) || (await trainerOf(folder)) !== undefined) return record;
  const { pid: _gone, ...rest } = record;
  return { ...rest, state: "killed" };
}

/** A run's folder with its record. */
export interface StoredRun {
  readonly folder: string;
  readonly record: RunRecord;
}

/** All runs of a directory that can be read, the newest first. */
export async function listRuns(runsDirectory: string): Promise<StoredRun[]> {
  const folders = await runFolders(runsDirectory);
  const read = await Promise.allSettled(folders.map(async (folder) => ({ folder, record: await readRun(folder) })));
  return read
    .flatMap((result) => (result.status === "fulfilled" ? [result.value] : []))
    .sort((a, b) => b.record.created.localeCompare(a.record.created));
}

/** Weights and statistics of a step by variable name, and perhaps more: a checkpoint's optimizer slots. */
export interface StoredWeights {
  readonly step: number;
  readonly variables: Tensors;
}

/** Reads the best or the newest weights of a run, or those of a step. Throws UserError where there are none. */
export async function readWeights(folder: string, which: "best" | "newest" | number): Promise<StoredWeights> {
  const id = path.basename(folder);
  if (which === "newest") {
    const checkpoint = await readNewestCheckpoint(folder);
    const snapshot = await newestSnapshot(folder, checkpoint?.progress.step ?? -1);
    if (snapshot !== undefined) return { step: snapshot.step, variables: snapshot.weights };
    if (checkpoint === undefined) throw new UserError(`Run ${id} has no checkpoint that can be read. Train it again.`);
    return { step: checkpoint.progress.step, variables: checkpoint.variables };
  }
  const step = which === "best" ? (await readRunFile(folder)).best?.step : which;
  if (step === undefined) throw new UserError(`Run ${id} has no best weights yet: it has not finished an epoch.`);
  const snapshot = await readSnapshot(folder, step);
  if (snapshot === undefined) throw new UserError(`Run ${id} has no weights of step ${step} that can be read.`);
  return { step, variables: snapshot.weights };
}

async function newestSnapshot(folder: string, after: number) {
  for (const step of (await snapshotSteps(folder)).reverse()) {
    if (step <= after) return undefined;
    const snapshot = await readSnapshot(folder, step);
    if (snapshot !== undefined) return snapshot;
  }
  return undefined;
}

async function readRunFile(folder: string): Promise<RunRecord> {
  const file = runFiles(folder).record;
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) throw new UserError(`There is no run at ${folder}: it has no run.json.`);
  const record = readRecord(text);
  if (!record.ok) throw new UserError(`${file} ${record.error}.`);
  return record.value;
}
