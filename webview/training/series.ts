import type { EpochLine, MetricsEntry } from "../../src/protocol/trainingPanel.js";
import { Column } from "../shared/growing.js";

/** All that was measured, in columns: entry i of each belongs to step `first + i`. */
export interface Series {
  readonly first: number;
  readonly loss: Column;
  /** As long as `loss`, or empty where the network has no accuracy. */
  readonly accuracy: Column;
  readonly rate: Column;
  readonly time: Column;
  readonly epochs: readonly EpochLine[];
}

export const EMPTY_SERIES: Series = {
  first: 1,
  loss: Column.empty,
  accuracy: Column.empty,
  rate: Column.empty,
  time: Column.empty,
  epochs: [],
};

/** The number of the last measured step, 0 before the first. */
export function lastStep(series: Series): number {
  return series.loss.length === 0 ? 0 : series.first + series.loss.length - 1;
}

/** The series with an entry more. A repeated step (a run that was resumed) replaces what was known from there on. */
export function addEntry(series: Series, entry: MetricsEntry): Series {
  if (entry.kind === "epoch") {
    return { ...series, epochs: [...series.epochs.filter(({ step }) => step < entry.step), entry] };
  }
  const start = series.loss.length === 0 ? entry.first : series.first;
  const kept = Math.min(Math.max(0, entry.first - start), series.loss.length);
  const extend = (column: Column, values: ArrayLike<number>) => column.take(kept).append(values);
  return {
    first: start,
    loss: extend(series.loss, entry.loss),
    accuracy: entry.accuracy === undefined ? series.accuracy : extend(series.accuracy, entry.accuracy),
    rate: extend(series.rate, entry.rate),
    time: extend(series.time, entry.time),
    epochs:
      series.epochs.length === 0 || (series.epochs.at(-1)?.step ?? 0) < entry.first ? series.epochs : epochsBefore(series, entry.first),
  };
}

function epochsBefore(series: Series, step: number): readonly EpochLine[] {
  return series.epochs.filter((epoch) => epoch.step < step);
}

/** Steps a second over the last few seconds of training; undefined before the second step. */
export function stepsPerSecond(series: Series, window = 5): number | undefined {
  const { time } = series;
  const last = time.length - 1;
  if (last < 1) return undefined;
  const values = time.values;
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < time.last - window) low = middle + 1;
    else high = middle;
  }
  const from = Math.min(low, last - 1);
  const seconds = time.last - time.at(from);
  return seconds > 0 ? (last - from) / seconds : undefined;
}

/** The epoch with the lowest validation loss. */
export function bestEpoch(series: Series): EpochLine | undefined {
  let best: EpochLine | undefined;
  for (const epoch of series.epochs) {
    if (epoch.validation !== undefined && epoch.validation.loss < (best?.validation?.loss ?? Number.POSITIVE_INFINITY)) best = epoch;
  }
  return best;
}
