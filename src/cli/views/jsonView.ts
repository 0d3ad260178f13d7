import { describeError } from "../../base/userError.js";
import type { TrainerReady } from "../../protocol/trainer.js";
import type { MetricsLine } from "../../run/metrics.js";
import type { RunRecord } from "../../run/record.js";
import type { Progress } from "../progressLine.js";
import type { TrainView } from "./trainView.js";

/** For programs: an object a line, told apart by `kind`. The last one is "result", or "error". */
export class JsonView implements TrainView {
  progress(progress: Progress): void {
    print({ kind: "progress", ...progress });
  }

  ready({ record, runDirectory, layers, classes }: TrainerReady): void {
    print({ kind: "start", run: record.id, runDirectory, record, layers, classes });
  }

  metrics(line: MetricsLine): void {
    print(line);
  }

  stopping(): void {
    print({ kind: "stopping" });
  }

  ended(record: RunRecord, runDirectory: string, message: string): void {
    const { id, state, step, stepsPerEpoch, seconds, engine, best, test } = record;
    print({ kind: "result", run: id, runDirectory, state, step, epochs: step / stepsPerEpoch, seconds, engine, best, test, message });
  }

  failed(error: unknown): void {
    print({ kind: "error", message: describeError(error) });
  }
}

const print = (value: object) => console.log(JSON.stringify(value));
