import type { Event } from "../../base/event.js";
import type { LayerRow, LayerWeights } from "../../protocol/trainer.js";
import type { MetricsLine } from "../../run/metrics.js";
import type { RunRecord } from "../../run/record.js";

/** A run as panels, tree and status bar see it: live, or read from its folder. The host owns the truth; views project it. */
export interface ObservableRun {
  readonly record: RunRecord;
  readonly runDirectory: string;
  /** Empty until the trainer is ready. */
  readonly layers: readonly LayerRow[];
  /** Everything measured so far, in order. A resumed run measures the steps after its checkpoint again: the later line counts. */
  readonly metrics: readonly MetricsLine[];
  /** What the trainer does before the first step; undefined after. */
  readonly progress: { readonly message: string; readonly fraction?: number } | undefined;
  /** A trainer process is running it now. */
  readonly live: boolean;

  readonly onDidChange: Event<void>;
  readonly onDidAddMetrics: Event<MetricsLine>;
  readonly onDidReceiveWeights: Event<LayerWeights>;

  /** Live: now; else from the run's newest checkpoint or snapshot. */
  weights(layer: string): Promise<LayerWeights>;
  /** Which layers' kernels a view wants to see move; the last call wins. */
  watch(layers: readonly string[], perSecond: number): void;

  pause(): Promise<void>;
  continue(): Promise<void>;
  stop(): Promise<void>;
  setRate(learningRate: number): Promise<void>;
  /** Starts a trainer on an ended run's last checkpoint; the run object stays the same. */
  resume(learningRate?: number): Promise<void>;
}
