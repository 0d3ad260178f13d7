import type { MetricsEntry, StepColumns } from "../../protocol/trainingPanel.js";
import type { MetricsLine } from "../../run/metrics.js";

/** Steps of one message: four float32 columns of this many are 64 KB. */
const MOST_STEPS = 4000;

type StepsLine = Extract<MetricsLine, { kind: "steps" }>;

/** Lines from `from` on as one message's entries, consecutive steps joined, and how many lines those were. */
export function blockOf(
  lines: readonly MetricsLine[],
  from: number,
): { readonly entries: readonly MetricsEntry[]; readonly lines: number } {
  const entries: MetricsEntry[] = [];
  let joined: StepsLine[] = [];
  let steps = 0;
  let taken = 0;
  const flush = () => {
    if (joined.length > 0) entries.push(join(joined));
    joined = [];
  };
  for (let i = from; i < lines.length && steps < MOST_STEPS; i++) {
    const line = lines[i];
    if (line === undefined) break;
    taken++;
    if (line.kind === "epoch") {
      flush();
      entries.push(line);
      continue;
    }
    const before = joined.at(-1);
    if (before !== undefined && before.first + before.loss.length !== line.first) flush();
    joined.push(line);
    steps += line.loss.length;
  }
  flush();
  return { entries, lines: taken };
}

function join(lines: readonly StepsLine[]): StepColumns {
  const column = (of: (line: StepsLine) => readonly number[]) => Float32Array.from(lines.flatMap(of));
  const hasAccuracy = lines.every((line) => line.accuracy !== undefined);
  return {
    kind: "steps",
    first: lines[0]?.first ?? 1,
    loss: column((line) => line.loss),
    ...(hasAccuracy ? { accuracy: column((line) => line.accuracy ?? []) } : {}),
    rate: column((line) => line.rate),
    time: column((line) => line.time),
  };
}
