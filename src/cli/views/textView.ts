import path from "node:path";
import cliProgress from "cli-progress";
import { clock, percent, thousands } from "../../base/words.js";
import type { TrainerReady } from "../../protocol/trainer.js";
import type { MetricsLine } from "../../run/metrics.js";
import type { RunRecord, Scores } from "../../run/record.js";
import { EMPTY, FULL, type Progress, ProgressLine } from "../progressLine.js";
import { Pace } from "./pace.js";
import type { TrainView } from "./trainView.js";

/** For people: a line an epoch and, on a terminal, a bar that moves while one is under way. */
export class TextView implements TrainView {
  readonly #loading = new ProgressLine();
  #record: RunRecord | undefined;
  #pace: Pace | undefined;
  #bar: cliProgress.SingleBar | undefined;

  progress(progress: Progress): void {
    this.#loading.show(progress);
  }

  ready({ record, runDirectory, layers }: TrainerReady): void {
    this.#loading.end();
    this.#record = record;
    this.#pace = new Pace(record);
    const { data, engine, training } = record;
    const parameters = layers.reduce((sum, layer) => sum + layer.parameters, 0);
    const threads = engine.threads === 1 ? "1 thread" : `${engine.threads} threads`;
    const heldOut = data.validation > 0 ? ` + ${thousands(data.validation)} held out` : "";
    console.log(`${shown(record.network.file)}: ${thousands(parameters)} parameters, seed ${training.seed}`);
    console.log(`${data.name}: ${thousands(data.train)} images${heldOut}, ${thousands(data.test)} for the test`);
    console.log(`${engine.name} ${engine.version}, ${threads}; run ${record.id} in ${shown(runDirectory)}`);
    if (record.step > 0) console.log(`resumed at step ${thousands(record.step)}`);
  }

  metrics(line: MetricsLine): void {
    if (line.kind === "epoch") this.#endEpoch(line);
    else this.#pace?.add(line);
    if (line.kind === "steps" && process.stdout.isTTY) this.#moveBar();
  }

  stopping(): void {
    this.#dropBar();
    console.error("Stopping with a checkpoint; Ctrl-C again ends at once.");
  }

  ended(record: RunRecord, runDirectory: string, message: string): void {
    this.#dropBar();
    if (record.events.at(-1)?.event === "earlyStop") console.log("Stopped early: the validation loss did not fall any more.");
    if (record.test) console.log(`Test   ${scoresText(record.test)}${record.best ? ` (weights of epoch ${record.best.epoch})` : ""}`);
    console.log(`Run    ${shown(runDirectory)} (${clock(record.seconds)})`);
    if (record.state === "finished") return;
    console.error(message);
    if (record.state !== "failed" && record.state !== "diverged") console.error(`Go on with: cnn resume ${shown(runDirectory)}`);
  }

  failed(): void {
    this.#loading.end();
    this.#dropBar();
  }

  #endEpoch({ epoch, train, validation, time }: MetricsLine & { readonly kind: "epoch" }): void {
    this.#dropBar();
    const held = validation ? `   validation ${scoresText(validation)}` : "";
    console.log(`${this.#label(epoch)}   train ${scoresText(train)}${held}   ${clock(time)}`);
  }

  #moveBar(): void {
    const { epoch, stepOfEpoch, stepsPerEpoch, text } = this.#pace?.now() ?? {};
    if (epoch === undefined || stepOfEpoch === undefined || stepsPerEpoch === undefined) return;
    if (this.#bar === undefined) {
      this.#bar = new cliProgress.SingleBar({
        format: "{label} {bar} {value}/{total}  {text}",
        stream: process.stdout,
        clearOnComplete: true,
        hideCursor: true,
        barsize: 16,
        barCompleteChar: FULL,
        barIncompleteChar: EMPTY,
      });
      this.#bar.start(stepsPerEpoch, stepOfEpoch, { label: this.#label(epoch), text });
    }
    this.#bar.update(stepOfEpoch, { text });
  }

  #label(epoch: number): string {
    const epochs = String(this.#record?.training.epochs ?? "");
    return `Epoch ${String(epoch).padStart(epochs.length)}/${epochs}`;
  }

  #dropBar(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }
}

/** "loss 0.0512, accuracy 98.41 %". */
export function scoresText({ loss, accuracy, top5, meanAbsoluteError }: Scores): string {
  const parts = [`loss ${loss.toPrecision(3)}`];
  if (accuracy !== undefined) parts.push(`accuracy ${percent(accuracy)}`);
  if (top5 !== undefined) parts.push(`top-5 ${percent(top5)}`);
  if (meanAbsoluteError !== undefined) parts.push(`mean absolute error ${meanAbsoluteError.toPrecision(3)}`);
  return parts.join(", ");
}

/** A path as short as it can be from here. */
function shown(place: string): string {
  const relative = path.relative(process.cwd(), place);
  return !path.isAbsolute(place) || relative.startsWith("..") ? place : relative;
}
