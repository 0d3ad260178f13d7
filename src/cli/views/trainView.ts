import type { TrainerReady } from "../../protocol/trainer.js";
import type { MetricsLine } from "../../run/metrics.js";
import type { RunRecord } from "../../run/record.js";
import type { Progress } from "../progressLine.js";

/** How a training is shown. Calls come in this order; `progress` and `metrics` any number of times. */
export interface TrainView {
  progress(progress: Progress): void;
  ready(ready: TrainerReady): void;
  metrics(line: MetricsLine): void;
  /** Ctrl-C was pressed once. */
  stopping(): void;
  /** The training is over; `message` is one sentence, for ends that are not the planned one. */
  ended(record: RunRecord, runDirectory: string, message: string): void;
  /** Instead of `ended` where it could not begin; the error itself is shown by the command. */
  failed(error: unknown): void;
}
