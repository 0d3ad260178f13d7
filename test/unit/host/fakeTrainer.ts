import { Emitter } from "../../../src/base/event.js";
import { UserError } from "../../../src/base/userError.js";
import type { Trainer } from "../../../src/host/training/trainers.js";
import type { TrainerExit } from "../../../src/launch/exit.js";
import type { LayerWeights, TrainerReady } from "../../../src/protocol/trainer.js";
import type { MetricsLine } from "../../../src/run/metrics.js";
import type { RunRecord } from "../../../src/run/record.js";

/** A trainer without a process: the test says what it answers and when. */
export class FakeTrainer implements Trainer {
  readonly progress = new Emitter<{ readonly message: string }>();
  readonly metrics = new Emitter<MetricsLine>();
  readonly records = new Emitter<RunRecord>();
  readonly weightNews = new Emitter<LayerWeights>();
  readonly exits = new Emitter<TrainerExit>();
  readonly onDidProgress = this.progress.event;
  readonly onDidAddMetrics = this.metrics.event;
  readonly onDidChangeRecord = this.records.event;
  readonly onDidReceiveWeights = this.weightNews.event;
  readonly onDidExit = this.exits.event;
  readonly pid = 4242;
  readonly ready: Promise<TrainerReady>;
  readonly asked: string[] = [];
  disposed = false;
  #record: RunRecord | undefined;
  #failBegin: (reason: Error) => void = () => undefined;

  /** `begin` is asked as soon as somebody has heard of this trainer. */
  constructor(begin: () => Promise<TrainerReady>) {
    this.ready = new Promise((resolve, reject) => {
      this.#failBegin = reject;
      setTimeout(() => begin().then(resolve, reject), 0);
    });
    this.ready.catch(() => undefined);
    this.records.event((record) => {
      this.#record = record;
    });
  }

  async pause() {
    this.asked.push("pause");
  }
  async continue() {
    this.asked.push("continue");
  }
  async setRate(learningRate: number) {
    this.asked.push(`rate ${learningRate}`);
  }
  async weights(layer: string) {
    return { layer, step: 1, kernelShape: [1], kernel: Float32Array.of(0.5) };
  }
  async watch(layers: readonly string[], perSecond: number) {
    this.asked.push(`watch ${layers.join(" ")} ${perSecond}`);
  }
  async stop() {
    this.asked.push("stop");
    this.exit(this.#record, "The trainer ended.");
  }

  /** The process ends; `record` as launching makes it of the last one heard. */
  exit(record: RunRecord | undefined, message: string): void {
    this.#failBegin(new UserError(message));
    this.exits.fire({ record, code: null, signal: "SIGKILL", message });
  }

  dispose(): void {
    this.disposed = true;
  }
}
