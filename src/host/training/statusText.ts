import { endSentence, networkName, progressLine, shortName } from "./describeRun.js";
import type { ObservableRun } from "./observableRun.js";

export interface StatusText {
  /** With codicons, as status bars take it. */
  readonly text: string;
  readonly tooltip: string;
  readonly severity: "none" | "warning" | "error";
}

/** What the status bar says: of the runs that train, else of the one that ended last in this window, else nothing. */
export function statusText(live: readonly ObservableRun[], lastEnded: ObservableRun | undefined): StatusText | undefined {
  const [first, ...others] = live;
  if (!first) return lastEnded && endedText(lastEnded);
  if (others.length > 0) {
    const lines = live.map((run) => `${networkName(run.record)}: ${progressLine(run)}`);
    return { text: `$(pulse) ${live.length} trainings`, tooltip: [...lines, "Show one of them"].join("\n"), severity: "none" };
  }
  const icon = first.record.state === "paused" ? "debug-pause" : "pulse";
  const line = progressLine(first);
  return {
    text: `$(${icon}) ${shortName(first.record)}: ${line}`,
    tooltip: `${networkName(first.record)}, run ${first.record.id}\n${line}\nShow the training`,
    severity: "none",
  };
}

function endedText(run: ObservableRun): StatusText {
  const { record } = run;
  const name = shortName(record);
  const tooltip = `${endSentence(record)}\nShow the training`;
  switch (record.state) {
    case "finished": {
      const accuracy = (record.test ?? record.best?.validation)?.accuracy;
      return { text: `$(pass) ${name}${accuracy === undefined ? "" : `: ${(100 * accuracy).toFixed(2)} %`}`, tooltip, severity: "none" };
    }
    case "diverged":
    case "killed":
      return { text: `$(warning) ${name}: ${record.state === "killed" ? "trainer ended" : "diverged"}`, tooltip, severity: "warning" };
    case "failed":
      return { text: `$(error) ${name}: failed`, tooltip, severity: "error" };
    default:
      return { text: `$(circle-slash) ${name}: stopped`, tooltip, severity: "none" };
  }
}
