import { err, ok, type Result } from "../base/result.js";
import type { RunRecord } from "./record.js";

/** Reads the text of a `run.json`; the error says what is wrong with it. */
export function readRecord(text: string): Result<RunRecord> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err("is not JSON");
  }
  if (typeof json !== "object" || json === null || !("format" in json)) return err("is not the record of a run");
  if (json.format !== 1) return err(`was written by a newer CNN Lab (format ${String(json.format)}); update CNN Lab to read it`);
  const missing = REQUIRED.filter((key) => !(key in json));
  return missing.length > 0 ? err(`lacks ${missing.join(", ")}`) : ok(json as RunRecord);
}

const REQUIRED = [
  "id",
  "network",
  "data",
  "training",
  "engine",
  "created",
  "updated",
  "state",
  "step",
  "stepsPerEpoch",
  "seconds",
  "events",
] as const satisfies readonly (keyof RunRecord)[];
