import { rm } from "node:fs/promises";
import path from "node:path";
import { UserError } from "../base/userError.js";
import { age, percent } from "../base/words.js";
import { isUnderWay, type RunRecord } from "../run/record.js";
import { listRuns } from "../runs/readRun.js";
import { findRun, runsDirectory } from "./places.js";
import { table } from "./table.js";

export interface RunsOptions {
  readonly runs?: string;
  readonly json?: true;
}

/** `cnn runs`. */
export async function list(options: RunsOptions): Promise<undefined> {
  const directory = runsDirectory(options.runs);
  const stored = await listRuns(directory);
  if (options.json) {
    console.log(JSON.stringify(stored.map(({ folder, record }) => ({ folder, ...record }))));
    return;
  }
  if (stored.length === 0) {
    console.log(`There are no runs in ${directory}; "cnn train FILE" makes one.`);
    return;
  }
  const columns = ["run", "network", "data", "state", "epochs", "validation", "test", "engine", "age"];
  const rows = stored.map(({ record }) => row(record, new Date()));
  console.log(
    table(
      columns.map((title) => ({ title, align: ["epochs", "validation", "test"].includes(title) ? "right" : "left" })),
      rows,
    ),
  );
}

function row(record: RunRecord, now: Date): string[] {
  const epochs = Math.floor(record.step / Math.max(1, record.stepsPerEpoch));
  return [
    record.id,
    path.basename(record.network.file),
    record.data.name,
    record.state,
    `${epochs}/${record.training.epochs}`,
    score(record.best?.validation),
    score(record.test),
    record.engine.name,
    age(new Date(record.created), now),
  ];
}

const score = (scores: RunRecord["test"]) =>
  scores === undefined ? "" : scores.accuracy === undefined ? scores.loss.toPrecision(4) : percent(scores.accuracy);

/** `cnn runs rm RUN...`. Nothing is deleted unless all of them can be. */
export async function remove(names: readonly string[], { runs }: RunsOptions): Promise<undefined> {
  const found = await Promise.all(names.map((name) => findRun(name, runs)));
  const busy = found.find(({ record }) => isUnderWay(record.state));
  if (busy) throw new UserError(`Run ${busy.record.id} is being trained; stop it first.`);
  for (const { folder, record } of found) {
    await rm(folder, { recursive: true, force: true });
    console.log(`Deleted run ${record.id}.`);
  }
}
