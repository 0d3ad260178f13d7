import { age, clock, percent, thousands } from "../../base/words.js";
import type { MetricsLine } from "../../run/metrics.js";
import { isUnderWay, type RunRecord, type RunState, type Scores } from "../../run/record.js";
import type { ObservableRun } from "./observableRun.js";

/** Where a run stands, from what was measured last: the record itself is only renewed at each epoch. */
export interface Progress {
  readonly step: number;
  readonly totalSteps: number;
  /** From 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** 0 to 1. */
  readonly fraction: number;
  /** Training time so far. */
  readonly seconds: number;
  /** Undefined until a step was measured. */
  readonly secondsLeft: number | undefined;
  /** Scores of the last epoch that ended: on the held-out images, else on the training images. */
  readonly scores: Scores | undefined;
}

export function progressOf(run: Pick<ObservableRun, "record" | "metrics">): Progress {
  const { record, metrics } = run;
  const last = metrics.at(-1);
  const epochLine = lastEpoch(metrics);
  const step = Math.max(record.step, last ? endOf(last).step : 0);
  const seconds = Math.max(record.seconds, last ? endOf(last).time : 0);
  const epochs = record.training.epochs;
  const totalSteps = epochs * record.stepsPerEpoch;
  return {
    step,
    totalSteps,
    epoch: Math.min(epochs, Math.floor(step / Math.max(1, record.stepsPerEpoch)) + 1),
    epochs,
    fraction: totalSteps > 0 ? Math.min(1, step / totalSteps) : 0,
    seconds,
    secondsLeft: step > 0 && totalSteps > 0 ? secondsPerStep(metrics, seconds, step) * Math.max(0, totalSteps - step) : undefined,
    scores: epochLine?.validation ?? epochLine?.train,
  };
}

/** How much training the present speed is taken from, in seconds. */
const SPEED_WINDOW = 5;

/** Of the last seconds, as a training may have been slow at first or on another machine; else of all of it. */
function secondsPerStep(metrics: readonly MetricsLine[], seconds: number, step: number): number {
  const isRecent = (line: MetricsLine | undefined) => line === undefined || endOf(line).time > seconds - SPEED_WINDOW;
  let i = metrics.length - 1;
  while (i >= 0 && isRecent(metrics[i])) i--;
  const before = metrics[i];
  const start = before ? endOf(before) : undefined;
  return start && start.step < step ? (seconds - start.time) / (step - start.step) : seconds / step;
}

function endOf(line: MetricsLine): { readonly step: number; readonly time: number } {
  if (line.kind === "epoch") return line;
  return { step: line.first + line.loss.length - 1, time: line.time.at(-1) ?? 0 };
}

function lastEpoch(metrics: readonly MetricsLine[]): Extract<MetricsLine, { kind: "epoch" }> | undefined {
  for (let i = metrics.length - 1; i >= 0; i--) {
    const line = metrics[i];
    if (line?.kind === "epoch") return line;
  }
  return undefined;
}

/** The file's name without folders: "lenet5.cnn.json". */
export function networkName(record: RunRecord): string {
  return record.network.file.split(/[\\/]/).at(-1) ?? record.network.file;
}

/** "lenet5" */
export function shortName(record: RunRecord): string {
  return networkName(record).replace(/\.cnn\.json$/, "");
}

/** Whether it can go on: it waits, or it has ended with epochs left. Not while another process trains it. */
export function isResumable(run: Pick<ObservableRun, "record" | "live">): boolean {
  const { record, live } = run;
  if (live) return record.state === "paused";
  return record.state !== "finished" && !isUnderWay(record.state) && record.checkpoint !== undefined;
}

const STATE_WORDS: Readonly<Record<RunState, string>> = {
  starting: "starting",
  running: "training",
  paused: "paused",
  finished: "finished",
  stopped: "stopped",
  diverged: "diverged",
  failed: "failed",
  killed: "trainer ended",
};

function stateWord(state: RunState): string {
  return STATE_WORDS[state];
}

/** The figure to compare runs by: accuracy on the test set, else the best on held-out images; a loss where there is no accuracy. */
export function scoreText(record: RunRecord): string | undefined {
  const scores = record.test ?? record.best?.validation;
  if (!scores) return undefined;
  return scoresText(scores);
}

export function scoresText(scores: Scores): string {
  return scores.accuracy === undefined ? `loss ${scores.loss.toPrecision(3)}` : percent(scores.accuracy);
}

/** Behind a run's name in the tree: "98.84 %, epoch 7 of 12" or "98.90 %, 5 min ago". */
export function runDescription(run: Pick<ObservableRun, "record" | "metrics" | "progress">, now: Date): string {
  const { record } = run;
  const progress = progressOf(run);
  const parts = [scoreText(record) ?? (progress.scores && scoresText(progress.scores))];
  if (record.state === "starting") parts.push("starting");
  else if (record.state === "running") parts.push(`epoch ${progress.epoch} of ${progress.epochs}`);
  else if (record.state === "paused") parts.push(`paused in epoch ${progress.epoch} of ${progress.epochs}`);
  else {
    if (record.state !== "finished") parts.push(stateWord(record.state));
    parts.push(age(new Date(record.updated), now));
  }
  return parts.filter((part) => part !== undefined).join(", ");
}

/** One line for the status bar and the notification: "epoch 7 of 12, 98.84 %, 0:29 left". */
export function progressLine(run: Pick<ObservableRun, "record" | "metrics" | "progress">): string {
  if (run.progress) return run.progress.message;
  if (run.record.state === "starting") return "starting";
  const progress = progressOf(run);
  const parts = [`epoch ${progress.epoch} of ${progress.epochs}`];
  if (progress.scores) parts.push(scoresText(progress.scores));
  if (run.record.state === "paused") parts.push("paused");
  else if (progress.secondsLeft !== undefined) parts.push(`${clock(progress.secondsLeft)} left`);
  return parts.join(", ");
}

/** How it ended, in one sentence. */
export function endSentence(record: RunRecord): string {
  const name = networkName(record);
  const at = `step ${thousands(record.step)}`;
  switch (record.state) {
    case "finished": {
      const score = record.test ? `, ${scoresText(record.test)} on the test images` : "";
      return `${name} is trained${score}.`;
    }
    case "stopped":
      return `Training of ${name} was stopped at ${at}.`;
    case "killed":
      return record.message ?? `The trainer of ${name} ended at ${at}.${kept(record)}`;
    case "diverged":
    case "failed":
      return record.message ?? `Training of ${name} ended at ${at}: ${stateWord(record.state)}.`;
    default:
      return `${name}: ${stateWord(record.state)}.`;
  }
}

function kept({ checkpoint }: RunRecord): string {
  return checkpoint === undefined ? "" : ` Nothing before step ${thousands(checkpoint)} is lost.`;
}
