import type { RunView } from "../../src/protocol/trainingPanel.js";
import type { RunRecord, RunState } from "../../src/run/record.js";
import { count, duration, fixed, NONE, percent } from "../shared/format.js";
import { plannedSteps } from "./curves.js";
import { bestEpoch, lastStep, type Series, stepsPerSecond } from "./series.js";

/** A name and its value; the widest text it will have keeps its place. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly widest: number;
  /** Shown large, with what was best so far. */
  readonly figure?: { readonly best: string };
}

/** What a run's state is called, and whether its mark is that of a failure. */
export const STATES: Readonly<Record<RunState, { readonly text: string; readonly mark: "running" | "idle" | "failed" }>> = {
  starting: { text: "Starting", mark: "idle" },
  running: { text: "Training", mark: "running" },
  paused: { text: "Paused", mark: "idle" },
  finished: { text: "Finished", mark: "idle" },
  stopped: { text: "Stopped", mark: "idle" },
  diverged: { text: "Stopped, diverged", mark: "failed" },
  failed: { text: "Failed", mark: "failed" },
  killed: { text: "Trainer ended", mark: "failed" },
};

/** The last part of the network file's path. */
export function fileName(record: RunRecord): string {
  return record.network.file.split(/[\\/]/).at(-1) ?? record.network.file;
}

/** 0 to 1. */
export function progressOf(record: RunRecord, series: Series): number {
  return Math.min(1, lastStep(series) / plannedSteps(record));
}

/** The facts row, in its order. */
export function factsOf({ record, live }: RunView, series: Series): Fact[] {
  const step = lastStep(series);
  const steps = count(plannedSteps(record));
  const epochs = record.training.epochs;
  const epoch = Math.min(epochs, Math.max(1, Math.ceil(step / Math.max(1, record.stepsPerEpoch))));
  const speed = stepsPerSecond(series);
  const left = record.state === "finished" ? 0 : speed === undefined ? undefined : (plannedSteps(record) - step) / speed;
  const plain = (name: string, value: string, widest = value.length): Fact => ({ name, value, widest });
  return [
    ...figures(record, series),
    plain("Epoch", step === 0 ? `0 of ${epochs}` : `${epoch} of ${epochs}`, `${epochs} of ${epochs}`.length),
    plain("Step", `${count(step)} of ${steps}`, 2 * steps.length + 4),
    plain("Elapsed", duration(series.time.length > 0 ? series.time.last : 0), 5),
    plain("Left", live && left !== undefined ? duration(left) : NONE, 5),
    plain("Images/s", speed === undefined ? NONE : count(speed * record.training.batchSize), 6),
    plain(
      "Data",
      `${record.data.name} ${count(record.data.train)}${record.data.validation > 0 ? ` + ${count(record.data.validation)}` : ""}`,
    ),
    plain("Engine", `${record.engine.name} ${majorMinor(record.engine.version)}`),
    ...(record.test === undefined
      ? []
      : [
          plain(
            record.test.accuracy === undefined ? "Test loss" : "Test accuracy",
            record.test.accuracy === undefined ? fixed(record.test.loss, 4) : `${percent(record.test.accuracy)} %`,
          ),
        ]),
  ];
}

/** The large ones: of validation where images are held out, else of training. */
function figures(record: RunRecord, series: Series): Fact[] {
  const last = series.epochs.at(-1);
  const best = bestEpoch(series);
  const held = record.data.validation > 0;
  const scores = held ? last?.validation : last?.train;
  const name = (of: string) => `${held ? "Validation" : "Training"} ${of}`;
  const bestText = (value: string | undefined) =>
    !held ? "" : best === undefined || value === undefined ? "best after epoch 1" : `best ${value}, epoch ${best.epoch}`;
  const loss: Fact = {
    name: name("loss"),
    value: scores === undefined ? NONE : fixed(scores.loss, 4),
    widest: 6,
    figure: { best: bestText(best?.validation && fixed(best.validation.loss, 4)) },
  };
  if (!record.training.metrics.includes("accuracy")) return [loss];
  const accuracy: Fact = {
    name: name("accuracy"),
    value: scores?.accuracy === undefined ? NONE : `${percent(scores.accuracy)} %`,
    widest: 7,
    figure: { best: bestText(best?.validation?.accuracy === undefined ? undefined : percent(best.validation.accuracy)) },
  };
  return [accuracy, loss];
}

/** The polite message of an epoch, for assistive technology. */
export function epochSentence(record: RunRecord, series: Series): string {
  const last = series.epochs.at(-1);
  if (last === undefined) return "";
  const scores = last.validation ?? last.train;
  const of = last.validation === undefined ? "training" : "validation";
  const best = bestEpoch(series)?.validation;
  const what =
    scores.accuracy === undefined
      ? `${of} loss ${fixed(scores.loss, 4)}${best === undefined ? "" : `, best ${fixed(best.loss, 4)}`}`
      : `${of} accuracy ${percent(scores.accuracy)} percent${best?.accuracy === undefined ? "" : `, best ${percent(best.accuracy)}`}`;
  return `Epoch ${last.epoch} of ${record.training.epochs}: ${what}.`;
}

const majorMinor = (version: string) => version.split(".").slice(0, 2).join(".");
