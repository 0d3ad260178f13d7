import { isUnderWay, type RunRecord } from "../../run/record.js";

/** How long after its end a run counts as ended by the reload of the window, in milliseconds. */
export const RELOAD_GRACE = 60_000;

/**
 * What to do at start with a run that this workspace was training when the window closed; `record` as its folder tells it now.
 * - "wait": its trainer is still writing the last checkpoint
 * - "resume": the reload ended it just now
 * - "offer": the window's end cut it off, but too long ago to go on unasked
 * - "leave": it came to an end of its own
 */
export function afterReload(record: RunRecord, now: Date): "wait" | "resume" | "offer" | "leave" {
  if (isUnderWay(record.state)) return "wait";
  if (record.checkpoint === undefined || (record.state !== "stopped" && record.state !== "killed")) return "leave";
  return now.getTime() - Date.parse(record.updated) < RELOAD_GRACE ? "resume" : "offer";
}
