import { type ChildProcess, fork } from "node:child_process";
import { Owner } from "../base/disposable.js";
import { Emitter, type Event } from "../base/event.js";
import { Channel } from "../protocol/channel.js";
import type {
  LayerWeights,
  StarterEnd,
  TrainerEnd,
  TrainerNotifications,
  TrainerReady,
  TrainerSettings,
  TrainerTask,
} from "../protocol/trainer.js";
import type { MetricsLine } from "../run/metrics.js";
import type { RunRecord } from "../run/record.js";
import { ChildPort } from "./childPort.js";
import { NoiseFilter } from "./engineNoise.js";
import { describeExit, type TrainerExit } from "./exit.js";

/** How long a trainer may take to end after it was asked to, in milliseconds; then it is killed. */
const GRACE_MS = 10_000;
/** How much of its stderr is kept for the message of an unexpected end. */
const LOG_CHARACTERS = 4_000;

/** A trainer process and the training in it. Whoever starts it owns it: `dispose` ends the process. */
export class TrainerProcess extends Owner {
  readonly #child: ChildProcess;
  readonly #channel: Channel<StarterEnd, TrainerEnd>;
  readonly #didExit = this._register(new Emitter<TrainerExit>());
  readonly #exited: Promise<void>;
  #record: RunRecord | undefined;
  #step = 0;
  #log = "";
  readonly #noise = new NoiseFilter();

  /** What it does before the first step. */
  readonly onDidProgress: Event<TrainerNotifications["progress"]> = (listener) => this.#channel.on("progress", listener);
  readonly onDidAddMetrics: Event<MetricsLine> = (listener) => this.#channel.on("metrics", listener);
  readonly onDidChangeRecord: Event<RunRecord> = (listener) => this.#channel.on("record", listener);
  readonly onDidReceiveWeights: Event<LayerWeights> = (listener) => this.#channel.on("weights", listener);
  /** Once, after everything else: the training is over, or its process has died. */
  readonly onDidExit: Event<TrainerExit> = this.#didExit.event;
  /** When everything is loaded and the first step is about to run. Rejects with a UserError that says why it cannot. */
  readonly ready: Promise<TrainerReady>;

  /** Starts `trainerFile` (dist/trainer.js) on a task. */
  constructor(trainerFile: string, task: TrainerTask, settings: TrainerSettings) {
    super();
    this.#child = fork(trainerFile, [], {
      execArgv: [],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#log = (this.#log + this.#noise.write(text)).slice(-LOG_CHARACTERS);
    });
    this.#child.stderr?.once("end", () => {
      this.#log += this.#noise.end();
    });
    this.#child.on("error", (error) => {
      this.#log += `${error.name}: ${error.message}\n`; // Of a start that failed; the close follows.
    });
    this.#exited = new Promise((resolve) => this.#child.once("close", () => resolve()));
    this.#channel = this._register(new Channel<StarterEnd, TrainerEnd>(new ChildPort(this.#child, () => this.#exit().message), {}));
    this._register(this.onDidChangeRecord((record) => this.#remember(record)));
    this._register(this.onDidAddMetrics((line) => this.#count(line)));
    this._register(this.#channel.onDidClose(() => this.#didExit.fire(this.#exit())));
    this.ready = this.#channel.request("init", { task, settings });
    this.ready.catch(() => {}); // Also told by onDidExit, so nobody has to wait for it.
  }

  /** The process's number; undefined if it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Resolves when it stands still, with a checkpoint. */
  pause(): Promise<void> {
    return this.#channel.request("pause", {});
  }

  continue(): Promise<void> {
    return this.#channel.request("continue", {});
  }

  /** Checkpoint, then end. Resolves when the process is gone; one that takes too long is killed. */
  async stop(grace = GRACE_MS): Promise<void> {
    this.#channel.request("stop", {}).catch(() => {}); // The exit answers as well.
    const deadline = setTimeout(() => this.#child.kill("SIGKILL"), grace);
    await this.#exited;
    clearTimeout(deadline);
  }

  setRate(learningRate: number): Promise<void> {
    return this.#channel.request("setRate", { learningRate });
  }

  /** Weights of one layer now. */
  weights(layer: string): Promise<LayerWeights> {
    return this.#channel.request("weights", { layer });
  }

  /** Which layers' kernels to send, at most so often; none for an empty list. */
  watch(layers: readonly string[], perSecond: number): Promise<void> {
    return this.#channel.request("watch", { layers, perSecond });
  }

  /** Lets go of the process: it writes a checkpoint and ends by itself, or is killed after a grace period. */
  override dispose(): void {
    if (this.isDisposed) return;
    if (this.#child.connected) this.#child.disconnect();
    const deadline = setTimeout(() => this.#child.kill("SIGKILL"), GRACE_MS);
    deadline.unref();
    void this.#exited.then(() => clearTimeout(deadline));
    super.dispose();
  }

  #exit(): TrainerExit {
    const { exitCode: code, signalCode: signal } = this.#child;
    return describeExit({ code, signal, record: this.#record, step: this.#step, log: this.#log });
  }

  #remember(record: RunRecord): void {
    this.#record = record;
    this.#step = Math.max(this.#step, record.step);
  }

  #count(line: MetricsLine): void {
    this.#step = line.kind === "steps" ? line.first + line.loss.length - 1 : line.step;
  }
}
