import os from "node:os";
import { thousands } from "../base/words.js";
import { isUnderWay, type RunRecord } from "../run/record.js";

/** How a trainer process ended. */
export interface TrainerExit {
  /** The run's record as it was heard last; undefined if there was none. A run that was under way has been "killed". */
  readonly record: RunRecord | undefined;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** One sentence for the user. */
  readonly message: string;
}

/** What is known of a process that has ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly record: RunRecord | undefined;
  /** Of the last metric. */
  readonly step: number;
  /** The end of what it wrote to stderr. */
  readonly log: string;
}

export function describeExit({ code, signal, record, step, log }: Ended): TrainerExit {
  if (record !== undefined && !isUnderWay(record.state)) {
    return { record, code, signal, message: record.message ?? `Run ${record.id} has ${record.state}.` };
  }
  const how = signal === null ? `exit code ${code}` : `signal ${os.constants.signals[signal]}`;
  if (record === undefined) return { record, code, signal, message: `The trainer ended before its first step (${how}).${reasonIn(log)}` };
  const { pid: _gone, ...rest } = record;
  const kept = record.checkpoint ?? 0;
  const lost = kept > 0 ? ` Nothing before step ${thousands(kept)} is lost.` : "";
  const message = `The trainer ended at step ${thousands(step)} (${how}).${lost}${reasonIn(log)}`;
  return { record: { ...rest, state: "killed", step: Math.max(step, record.step) }, code, signal, message };
}

/** The line that says why: Node.js' and C++'s name an error, followed by a trace; else the last. */
function reasonIn(log: string): string {
  const lines = log.split("\n").flatMap((line) => line.trim() || []);
  const line = lines.filter((each) => /^\w*Error\b|terminate called|what\(\):|Check failed/.test(each)).at(-1) ?? lines.at(-1);
  return line === undefined ? "" : ` It said: ${line}`;
}
