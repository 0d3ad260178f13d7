// Between whoever starts a training (host, cli) and the trainer process.
import type { EngineName } from "../program/engine.js";
import type { MetricsLine } from "../run/metrics.js";
import type { RunRecord } from "../run/record.js";
import type { StartingWeights } from "../run/start.js";
import type { NoMessages } from "./channel.js";

/** What the trainer is to do. Sent once, first. */
export type TrainerTask =
  | {
      readonly task: "train";
      /** Text of the network file, and its path for the record. */
      readonly source: string;
      readonly file: string;
      /** `.cnn/runs` of the workspace, or the extension's storage. */
      readonly runsDirectory: string;
      /** Weights to begin with; without them every variable starts as its layer says. */
      readonly start?: StartingWeights;
      readonly overrides: { readonly epochs?: number; readonly seed?: number; readonly data?: string };
    }
  | { readonly task: "resume"; readonly runDirectory: string; readonly learningRate?: number };

export interface TrainerSettings {
  readonly engine: EngineName | "auto";
  /** Folder engines are installed in; see engine/install. */
  readonly enginesDirectory: string;
  readonly threads?: number;
  readonly cacheDirectory: string;
  readonly searchDirectories: readonly string[];
  readonly allowDownload: boolean;
}

/** One layer as the panel lists it. */
export interface LayerRow {
  readonly name: string;
  readonly type: string;
  /** "6, 5x5, same, relu" */
  readonly summary: string;
  readonly output: readonly number[];
  readonly parameters: number;
  readonly multiplyAdds: number;
  /** The main kernel's shape: [h, w, in/groups, out] or [in, out]; absent without weights. */
  readonly kernelShape?: readonly number[];
}

/** Requests to the trainer; each is answered. */
export interface TrainerRequests {
  /** Answers when everything is loaded and the first step is about to run. */
  init(params: { readonly task: TrainerTask; readonly settings: TrainerSettings }): Promise<TrainerReady>;
  pause(params: Record<string, never>): Promise<void>;
  continue(params: Record<string, never>): Promise<void>;
  /** Checkpoint, then end. */
  stop(params: Record<string, never>): Promise<void>;
  setRate(params: { readonly learningRate: number }): Promise<void>;
  /** Weights of one layer now, for the kernel view (any time after init). */
  weights(params: { readonly layer: string }): Promise<LayerWeights>;
  /** Which layers' kernels to send, at most `perSecond` times a second; an empty list sends none. */
  watch(params: { readonly layers: readonly string[]; readonly perSecond: number }): Promise<void>;
}

export interface TrainerReady {
  readonly record: RunRecord;
  readonly runDirectory: string;
  readonly layers: readonly LayerRow[];
  readonly classes: readonly string[];
}

export interface LayerWeights {
  readonly layer: string;
  readonly step: number;
  readonly kernelShape: readonly number[];
  readonly kernel: Float32Array;
  readonly bias?: Float32Array;
}

/** What the trainer tells unasked. */
export interface TrainerNotifications {
  /** Before `init` is answered: "Loading mnist (55,000 of 60,000 images)". */
  progress: { readonly message: string; readonly fraction?: number };
  metrics: MetricsLine;
  /** The record, at each change. The last one says how it ended. */
  record: RunRecord;
  weights: LayerWeights;
}

/** The trainer's end of the channel. Whoever starts it offers nothing: `Channel<StarterEnd, TrainerEnd>`. */
export interface TrainerEnd {
  readonly requests: TrainerRequests;
  readonly notifications: TrainerNotifications;
}

export interface StarterEnd {
  readonly requests: NoMessages;
  readonly notifications: NoMessages;
}
