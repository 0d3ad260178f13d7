import { Owner } from "../../base/disposable.js";
import { Emitter, type Event } from "../../base/event.js";
import { describeError, UserError } from "../../base/userError.js";
import type { TrainerExit } from "../../launch/exit.js";
import type { LayerRow, LayerWeights, TrainerReady, TrainerTask } from "../../protocol/trainer.js";
import type { MetricsLine } from "../../run/metrics.js";
import type { RunRecord } from "../../run/record.js";
import { readRun } from "../../runs/readRun.js";
import { networkFile } from "./networkFile.js";
import type { ObservableRun } from "./observableRun.js";
import { readStored, storedWeights } from "./storedRun.js";
import type { StartTrainer, Trainer } from "./trainers.js";

/** What is known of a run when its object is made: all of a stored one, a provisional record of a new one. */
export interface KnownRun {
  readonly record: RunRecord;
  /** Where its folder is, or will be. */
  readonly runsDirectory: string;
  /** Empty until the trainer of a new run has made it. */
  readonly runDirectory: string;
}

/** A run of this window, the truth that all views project: stored, or with a trainer process at work. */
export class LiveRun extends Owner implements ObservableRun {
  readonly #didChange = this._register(new Emitter<void>());
  readonly onDidChange: Event<void> = this.#didChange.event;
  readonly #didAddMetrics = this._register(new Emitter<MetricsLine>());
  readonly onDidAddMetrics: Event<MetricsLine> = this.#didAddMetrics.event;
  readonly #didReceiveWeights = this._register(new Emitter<LayerWeights>());
  readonly onDidReceiveWeights: Event<LayerWeights> = this.#didReceiveWeights.event;

  #record: RunRecord;
  #runDirectory: string;
  #layers: readonly LayerRow[] = [];
  #metrics: MetricsLine[] = [];
  #progress: ObservableRun["progress"];
  #trainer: Trainer | undefined;
  #stopping = false;
  #loading: Promise<void> | undefined;
  #watched: Parameters<ObservableRun["watch"]> = [[], 0];

  /** Absolute path of the network's file. */
  readonly networkFile: string;

  constructor(
    known: KnownRun,
    private readonly startTrainer: StartTrainer,
  ) {
    super();
    this.networkFile = networkFile(known.runsDirectory, known.record.network.file);
    this.#record = known.record;
    this.#runDirectory = known.runDirectory;
    this._register({ dispose: () => this.#trainer?.dispose() });
  }

  get record(): RunRecord {
    return this.#record;
  }
  get runDirectory(): string {
    return this.#runDirectory;
  }
  get layers(): readonly LayerRow[] {
    return this.#layers;
  }
  get metrics(): readonly MetricsLine[] {
    return this.#metrics;
  }
  get progress(): ObservableRun["progress"] {
    return this.#progress;
  }
  get live(): boolean {
    return this.#trainer !== undefined;
  }

  /** Reads layers and metrics of a stored run, once; then `onDidChange`. */
  load(): Promise<void> {
    if (this.live || this.#runDirectory === "") return Promise.resolve();
    this.#loading ??= this.#readStored();
    return this.#loading;
  }

  /** Renews a run that somebody else trains from its folder. */
  async refresh(): Promise<void> {
    if (this.live || this.#runDirectory === "") return;
    this.#record = await readRun(this.#runDirectory);
    if (this.#loading) await this.#readStored();
    else this.#didChange.fire();
  }

  /** Starts a trainer; fulfilled when the first step is about to run, or when it was stopped before; rejected (and the run marked) on failure. */
  async begin(task: TrainerTask, allowDownload: boolean): Promise<void> {
    if (this.#trainer) throw new UserError(`Run ${this.#record.id} is being trained already.`);
    const before = this.#record;
    const trainer = this.startTrainer(task, this.networkFile, allowDownload);
    this.#trainer = trainer;
    this.#stopping = false;
    this.#progress = { message: "Starting the trainer" };
    this.#record = starting(before);
    trainer.onDidProgress((progress) => this.#change(() => (this.#progress = progress)));
    trainer.onDidChangeRecord((record) => this.#change(() => (this.#record = record)));
    trainer.onDidAddMetrics((line) => this.#add(line));
    trainer.onDidReceiveWeights((weights) => this.#didReceiveWeights.fire(weights));
    trainer.onDidExit((exit) => this.#ended(trainer, exit));
    this.#didChange.fire();
    try {
      this.#adopt(await trainer.ready);
    } catch (error) {
      this.#release(trainer);
      const isNew = task.task === "train";
      this.#change(() => (this.#record = isNew ? notBegun(before, this.#stopping ? undefined : describeError(error)) : before));
      if (!this.#stopping) throw error;
    }
  }

  weights(layer: string): Promise<LayerWeights> {
    if (this.#trainer) return this.#trainer.weights(layer);
    return storedWeights(this.#runDirectory, this.#layers, layer);
  }

  watch(layers: readonly string[], perSecond: number): void {
    this.#watched = [layers, perSecond];
    void this.#sendWatched();
  }

  pause(): Promise<void> {
    return this.#running().pause();
  }

  continue(): Promise<void> {
    return this.#running().continue();
  }

  /** Ends the training with a checkpoint; a trainer that takes longer than `grace` milliseconds is killed. Fulfilled when it is gone. */
  async stop(grace?: number): Promise<void> {
    this.#stopping = true;
    await this.#trainer?.stop(grace);
  }

  setRate(learningRate: number): Promise<void> {
    return this.#running().setRate(learningRate);
  }

  async resume(learningRate?: number): Promise<void> {
    if (this.#trainer && this.#record.state === "paused") return this.continue();
    await this.load();
    const rate = learningRate === undefined ? {} : { learningRate };
    await this.begin({ task: "resume", runDirectory: this.#runDirectory, ...rate }, false);
  }

  #adopt(ready: TrainerReady): void {
    this.#change(() => {
      this.#record = ready.record;
      this.#runDirectory = ready.runDirectory;
      this.#layers = ready.layers;
      this.#progress = undefined;
      this.#loading = Promise.resolve();
    });
    void this.#sendWatched();
  }

  #add(line: MetricsLine): void {
    this.#metrics.push(line);
    this.#didAddMetrics.fire(line);
  }

  #ended(trainer: Trainer, exit: TrainerExit): void {
    if (this.#progress !== undefined || !this.#release(trainer)) return;
    this.#change(() => (this.#record = endRecord(exit) ?? this.#record));
  }

  /** Lets go of a trainer; false where that has been done. */
  #release(trainer: Trainer): boolean {
    if (this.#trainer !== trainer) return false;
    this.#trainer = undefined;
    this.#progress = undefined;
    trainer.dispose();
    return true;
  }

  #running(): Trainer {
    if (!this.#trainer) throw new UserError(`Run ${this.#record.id} is not being trained now; resume it first.`);
    return this.#trainer;
  }

  async #sendWatched(): Promise<void> {
    const [layers, perSecond] = this.#watched;
    if (this.#progress === undefined) await this.#trainer?.watch(layers, perSecond).catch(() => undefined);
  }

  async #readStored(): Promise<void> {
    const stored = await readStored(this.#runDirectory);
    if (this.live) return;
    this.#change(() => {
      this.#record = stored.record;
      this.#layers = stored.layers;
      this.#metrics = [...stored.metrics];
    });
  }

  #change(change: () => void): void {
    change();
    this.#didChange.fire();
  }
}

function notBegun(record: RunRecord, message: string | undefined): RunRecord {
  return message === undefined ? { ...record, state: "stopped" } : { ...record, state: "failed", message };
}

function starting({ message: _past, ...record }: RunRecord): RunRecord {
  return { ...record, state: "starting" };
}

/** A process that died says so in place of the run it had. */
function endRecord({ record, message }: TrainerExit): RunRecord | undefined {
  return record?.state === "killed" ? { ...record, message } : record;
}
