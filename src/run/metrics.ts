import type { Scores } from "./record.js";

/** A line of `metrics.jsonl`. Steps count from 1; a step's numbers are of the batch before its update. */
export type MetricsLine =
  | {
      readonly kind: "steps";
      /** Steps first, first + 1, ...: one entry each. */
      readonly first: number;
      readonly loss: readonly number[];
      readonly accuracy?: readonly number[];
      readonly rate: readonly number[];
      /** Seconds of training since the run began, at each step's end. */
      readonly time: readonly number[];
    }
  | {
      readonly kind: "epoch";
      readonly epoch: number;
      readonly step: number;
      readonly time: number;
      readonly train: Scores;
      /** Absent where no images are held out. */
      readonly validation?: Scores;
    };

/** Reads `metrics.jsonl`. A last line that was torn by the end of its process is left out. */
export function readMetricsLines(text: string): MetricsLine[] {
  const complete = text.slice(0, text.lastIndexOf("\n") + 1);
  return complete.split("\n").flatMap((line) => {
    try {
      return [JSON.parse(line) as MetricsLine];
    } catch {
      return [];
    }
  });
}
