import { createHash } from "node:crypto";
import path from "node:path";
import { UserError } from "../base/userError.js";
import { initialValues } from "../compile/initialize.js";
import type { EngineDescription } from "../program/engine.js";
import { startOfTraining } from "../run/progress.js";
import type { RunRecord } from "../run/record.js";
import { type Checkpoint, readNewestCheckpoint } from "../runs/checkpoints.js";
import { createRunFolder } from "../runs/runFolder.js";
import { removeSnapshotsAfter } from "../runs/snapshots.js";
import { readStart, writeStart } from "../runs/startFile.js";
import type { Tensors } from "../runs/tensorFile.js";
import { TrainerLock } from "../runs/trainerLock.js";
import { readStartingValues } from "../saved/startingValues.js";
import type { NewEvent } from "./journal.js";
import type { Prepared } from "./prepare.js";
import type { Work } from "./task.js";
import { fits } from "./variables.js";

/** A run about to go on: its folder is claimed, the executor holds the variables of its start. */
export interface OpenRun {
  readonly folder: string;
  readonly lock: TrainerLock;
  readonly record: RunRecord;
  readonly start: Checkpoint;
  /** What opening it was. */
  readonly events: readonly NewEvent[];
}

/** Begins a new run or takes an old one up from its newest checkpoint. Throws UserError. */
export function openRun(work: Work, prepared: Prepared): Promise<OpenRun> {
  return work.work === "begin" ? beginRun(work, prepared) : resumeRun(work, prepared);
}

async function beginRun(work: Work & { readonly work: "begin" }, prepared: Prepared): Promise<OpenRun> {
  const weights = work.start && (await readStartingValues(work.start, prepared.compiled.program.variables));
  const start = begin(prepared, weights);
  const { id, folder } = await createRunFolder(work.runsDirectory);
  const lock = await TrainerLock.take(folder);
  if (weights) await writeStart(folder, weights);
  const { dataset, split, training, stepsPerEpoch } = prepared.plan;
  const now = new Date().toISOString();
  const record: RunRecord = {
    format: 1,
    id,
    network: {
      file: relativeToWorkspace(work.file, work.runsDirectory),
      source: work.source,
      hash: createHash("sha256").update(work.source).digest("hex"),
      ...(work.start && { weights: relativeToWorkspace(work.start.file, work.runsDirectory) }),
    },
    data: {
      name: dataset.name,
      hash: dataset.hash,
      train: split.train.length,
      validation: split.validation.length,
      test: dataset.test.count,
      classes: dataset.classes,
    },
    training,
    engine: prepared.executor.engine,
    programHash: prepared.programHash,
    created: now,
    updated: now,
    state: "running",
    pid: process.pid,
    step: 0,
    stepsPerEpoch,
    seconds: 0,
    events: [],
  };
  return { folder, lock, record, start, events: [] };
}

async function resumeRun(work: Work & { readonly work: "resume" }, prepared: Prepared): Promise<OpenRun> {
  const { folder, record: old } = work;
  const { dataset } = prepared.plan;
  if (dataset.hash !== old.data.hash) {
    throw new UserError(
      `The data set "${dataset.name}" has changed since run ${old.id} began: it cannot be resumed. Train anew.`,
      "dataInvalid",
    );
  }
  const lock = await TrainerLock.take(folder);
  const checkpoint = await readNewestCheckpoint(folder);
  const start = checkpoint === undefined ? await beginAgain(folder, old, prepared) : restore(checkpoint, prepared, old.id);
  const { progress } = start;
  await removeSnapshotsAfter(folder, progress.step);
  const { message: _over, best: _best, test: _test, ...rest } = old;
  const record: RunRecord = {
    ...rest,
    engine: prepared.executor.engine,
    programHash: prepared.programHash,
    state: "running",
    pid: process.pid,
    step: progress.step,
    seconds: progress.seconds,
    ...(progress.best && { best: progress.best }),
    events: old.events.filter(
      ({ step, event }) => step <= progress.step || (event !== "rate" && event !== "best" && event !== "earlyStop"),
    ),
  };
  const reason = whyNotEqual(old, record);
  const killed: NewEvent[] = old.state === "killed" ? [{ event: "killed" }] : [];
  const resumed: NewEvent = { event: "resumed", bitEqual: reason === undefined, ...(reason !== undefined && { reason }) };
  return { folder, lock, record, start, events: [...killed, resumed] };
}

/** A run that was ended before its first checkpoint begins as it did. */
async function beginAgain(folder: string, { network }: RunRecord, prepared: Prepared): Promise<Checkpoint> {
  return begin(prepared, network.weights === undefined ? undefined : await readStart(folder));
}

/** Variables start from these weights, else as their layers say. */
function begin({ executor, compiled, plan }: Prepared, weights: Tensors = new Map()): Checkpoint {
  const variables = new Map([...initialValues(compiled, plan.training.seed), ...weights]);
  executor.write(variables);
  return { progress: startOfTraining(plan.training.metrics.length), variables };
}

function restore(checkpoint: Checkpoint, { executor, compiled }: Prepared, id: string): Checkpoint {
  const { variables } = checkpoint;
  if (!fits(variables, compiled)) {
    throw new UserError(`The checkpoint of run ${id} is of another version of CNN Lab and does not fit the network any more. Train anew.`);
  }
  executor.write(variables);
  return checkpoint;
}

/** Why a run goes on with other numbers than it would have had; undefined if it does not. */
function whyNotEqual(before: RunRecord, now: RunRecord): string | undefined {
  const [was, is] = [describe(before.engine), describe(now.engine)];
  if (was !== is) return `it was begun on ${was}, and goes on with ${is}`;
  return before.programHash === now.programHash ? undefined : "this version of CNN Lab computes the network in another way";
}

function describe({ name, version, threads, features }: EngineDescription): string {
  return [`${name} ${version}`, threads === 1 ? "1 thread" : `${threads} threads`, ...features].join(", ");
}

/** Runs of a workspace lie in its `.cnn/runs`; there a network's file is named from the workspace on, with "/". */
function relativeToWorkspace(file: string, runsDirectory: string): string {
  if (!path.isAbsolute(file) || path.basename(path.dirname(runsDirectory)) !== ".cnn") return file;
  const relative = path.relative(path.resolve(runsDirectory, "..", ".."), file);
  return relative.startsWith("..") || path.isAbsolute(relative) ? file : relative.split(path.sep).join("/");
}
