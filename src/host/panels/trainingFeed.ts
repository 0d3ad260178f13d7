import { Owner } from "../../base/disposable.js";
import { elementCount } from "../../program/shapes.js";
import type { LayerWeights } from "../../protocol/trainer.js";
import type { FromTrainingPanel, KernelNumbers, LayerPicture, RunView, ToTrainingPanel } from "../../protocol/trainingPanel.js";
import type { ObservableRun } from "../training/observableRun.js";
import { bytesOf, numbersOf, pictureOf } from "./kernelPictures.js";
import { blockOf } from "./metricsBlocks.js";

type Watch = Extract<FromTrainingPanel, { type: "watch" }>;

/** What the panel shows of a run beside what the run knows itself. */
export type Surroundings = Pick<RunView, "edited" | "inputShape" | "offer">;

/** Frames on their way: one being painted, one behind it. */
const MOST_IN_FLIGHT = 2;
/** Metrics are drawn at most this often; the trainer itself gathers steps for some 33 ms. */
const METRICS_MS = 25;
const PICTURES_MS = 100;
const PICTURES_BYTES = 60_000;
/** What watching may make the trainer send, bytes a second; large layers move less often. */
const WATCH_BYTES = 4_000_000;

/**
 * Projects a run into one visible panel: the whole first, then what is added, at the pace the panel acknowledges. Metrics wait and go
 * together; of pictures only the newest are kept.
 */
export class TrainingFeed extends Owner {
  #frame = 0;
  readonly #inFlight = new Set<number>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastMetrics = 0;
  #lastPictures = 0;
  /** Lines of the run's metrics that were posted. */
  #sent = 0;
  #oldestUnsent: number | undefined;
  #runChanged = false;
  #watch: Watch = { type: "watch", layers: [], pace: "live" };
  readonly #weights = new Map<string, LayerWeights>();
  readonly #dirty = new Set<string>();
  #wasLive: boolean;

  constructor(
    private readonly run: ObservableRun,
    private readonly surroundings: () => Surroundings,
    private readonly post: (message: ToTrainingPanel) => void,
    private readonly report: (error: unknown) => void,
  ) {
    super();
    this.#wasLive = run.live;
    this._register(run.onDidChange(() => this.refresh()));
    this._register(
      run.onDidAddMetrics((line) => {
        this.#oldestUnsent ??= Date.now();
        if (line.kind === "epoch" && this.#watch.pace === "epoch") this.#fetch(this.#watched());
        this.#schedule();
      }),
    );
    this._register(run.onDidReceiveWeights((weights) => this.#receive(weights)));
    this._register({ dispose: () => clearTimeout(this.#timer) });
    this._register({ dispose: () => run.watch([], 0) });
    this.post({ type: "whole", run: this.#view() });
    this.#schedule();
  }

  /** The run or its surroundings changed. */
  refresh(): void {
    this.#runChanged = true;
    if (this.#wasLive && !this.run.live) this.#fetch(this.#watched());
    if (!this.#wasLive && this.run.live) this.#follow();
    this.#wasLive = this.run.live;
    this.#schedule();
  }

  acknowledge(frame: number): void {
    this.#inFlight.delete(frame);
    this.#schedule();
  }

  watch(watch: Watch): void {
    this.#watch = watch;
    this.#follow();
    this.#fetch(this.#watched().filter((layer) => !this.#weights.has(layer)));
    if (watch.selection !== undefined) this.#dirty.add(watch.selection.layer);
    this.#lastPictures = 0;
    this.#schedule();
  }

  #view(): RunView {
    const { record, layers, live, progress } = this.run;
    return { record, layers, live, ...(progress === undefined ? {} : { progress }), ...this.surroundings() };
  }

  #watched(): string[] {
    const { layers, selection } = this.#watch;
    const known = new Set(this.run.layers.filter(({ kernelShape }) => kernelShape !== undefined).map(({ name }) => name));
    return [...new Set([...layers, ...(selection === undefined ? [] : [selection.layer])])].filter((layer) => known.has(layer));
  }

  /** Asks the trainer for the kernels in sight, as often as their size allows. */
  #follow(): void {
    const layers = this.#watch.pace === "live" ? this.#watched() : [];
    const bytes = this.run.layers
      .filter(({ name }) => layers.includes(name))
      .reduce((sum, { kernelShape }) => sum + 4 * elementCount(kernelShape ?? []), 1);
    this.run.watch(layers, Math.min(1000 / PICTURES_MS, WATCH_BYTES / bytes));
  }

  #fetch(layers: readonly string[]): void {
    for (const layer of layers) this.run.weights(layer).then((weights) => this.#receive(weights), this.report);
  }

  #receive(weights: LayerWeights): void {
    if (this.isDisposed) return;
    this.#weights.set(weights.layer, weights);
    this.#dirty.add(weights.layer);
    this.#schedule();
  }

  #schedule(): void {
    if (this.isDisposed || this.#timer !== undefined || this.#inFlight.size >= MOST_IN_FLIGHT) return;
    const due: number[] = [];
    if (this.#sent < this.run.metrics.length || this.#runChanged) due.push(this.#lastMetrics + METRICS_MS);
    if (this.#dirty.size > 0) due.push(this.#lastPictures + PICTURES_MS);
    if (due.length === 0) return;
    this.#timer = setTimeout(() => this.#flush(), Math.max(0, Math.min(...due) - Date.now()));
  }

  #flush(): void {
    this.#timer = undefined;
    const now = Date.now();
    if (this.#runChanged) {
      this.#runChanged = false;
      this.post({ type: "run", run: this.#view() });
    }
    if (now >= this.#lastMetrics + METRICS_MS) this.#postMetrics(now);
    if (now >= this.#lastPictures + PICTURES_MS && this.#inFlight.size < MOST_IN_FLIGHT) this.#postPictures(now);
    this.#schedule();
  }

  #postMetrics(now: number): void {
    const { metrics } = this.run;
    if (metrics.length < this.#sent) {
      // The run began anew; so does the panel.
      this.#sent = 0;
      this.post({ type: "whole", run: this.#view() });
    }
    if (this.#sent === metrics.length) return;
    const { entries, lines } = blockOf(metrics, this.#sent);
    this.#sent += lines;
    const more = this.#sent < metrics.length;
    this.post({ type: "add", frame: this.#nextFrame(), entries, received: this.#oldestUnsent ?? now, more });
    if (!more) this.#oldestUnsent = undefined;
    this.#lastMetrics = more ? 0 : now;
  }

  #postPictures(now: number): void {
    const pictures: LayerPicture[] = [];
    const numbers: KernelNumbers[] = [];
    const { selection } = this.#watch;
    let bytes = 0;
    for (const layer of this.#dirty) {
      const weights = this.#weights.get(layer);
      if (weights === undefined) {
        this.#dirty.delete(layer);
        continue;
      }
      const selected = layer === selection?.layer;
      const picture = pictureOf(weights, selected ? selection.channel : undefined);
      if (bytes > 0 && bytes + bytesOf(picture) > PICTURES_BYTES) break;
      bytes += bytesOf(picture);
      pictures.push(picture);
      if (selected) numbers.push(...selection.outputs.flatMap((output) => numbersOf(weights, output, selection.channel) ?? []));
      this.#dirty.delete(layer);
    }
    if (pictures.length === 0) return;
    this.#lastPictures = now;
    this.post({ type: "pictures", frame: this.#nextFrame(), pictures, numbers });
  }

  #nextFrame(): number {
    this.#frame++;
    this.#inFlight.add(this.#frame);
    return this.#frame;
  }
}
