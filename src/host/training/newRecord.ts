import type { TrainingConfig } from "../../model/training.js";
import type { EngineName } from "../../program/engine.js";
import type { RunRecord } from "../../run/record.js";

/** What a panel can show of a run before its trainer answers; the trainer's own record takes its place. */
export function newRecord(
  network: { readonly file: string; readonly source: string },
  training: TrainingConfig,
  engine: EngineName,
  now: Date,
): RunRecord {
  const created = now.toISOString();
  return {
    format: 1,
    id: "",
    network: { ...network, hash: "" },
    data: { name: training.data, hash: "", train: 0, validation: 0, test: 0 },
    training,
    engine: { name: engine, version: "", threads: 0, features: [] },
    created,
    updated: created,
    state: "starting",
    step: 0,
    stepsPerEpoch: 0,
    seconds: 0,
    events: [],
  };
}
