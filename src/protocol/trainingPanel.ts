// Between the extension host and the live training panel. The host owns the truth; the panel projects it.
import type { MetricsLine } from "../run/metrics.js";
import type { RunRecord } from "../run/record.js";
import type { LayerRow } from "./trainer.js";

/** A run without its numbers. */
export interface RunView {
  readonly record: RunRecord;
  /** Empty until the trainer is ready. */
  readonly layers: readonly LayerRow[];
  /** Sizes of one example, [28, 28, 1]; absent where the file could not be read. */
  readonly inputShape?: readonly number[];
  /** A trainer process is running it now. */
  readonly live: boolean;
  /** What the trainer does before the first step. */
  readonly progress?: { readonly message: string; readonly fraction?: number };
  /** The network's file has other text now than this run trained. */
  readonly edited: boolean;
  /** A faster engine that is not installed yet. */
  readonly offer?: EngineOffer;
}

export interface EngineOffer {
  readonly engine: string;
  /** What installing takes on disk: "about 0.7 GB". */
  readonly size: string;
  /** How many times as fast, where it was measured. */
  readonly times?: number;
}

/** Steps in columns: entry i is step `first + i`. Float32, as the numbers are for drawing. */
export interface StepColumns {
  readonly kind: "steps";
  readonly first: number;
  readonly loss: Float32Array;
  readonly accuracy?: Float32Array;
  readonly rate: Float32Array;
  /** Seconds of training since the run began. */
  readonly time: Float32Array;
}

export type EpochLine = Extract<MetricsLine, { kind: "epoch" }>;
/** In order of training; steps that are there already replace them and all later ones (a resumed run repeats some). */
export type MetricsEntry = StepColumns | EpochLine;

/** Small pictures of one size, one byte a weight: 1 is -scale, 128 is 0, 255 is +scale. Tile after tile, row-major. */
export interface TileSet {
  readonly width: number;
  readonly height: number;
  readonly count: number;
  readonly bytes: Uint8Array;
}

/** Pictures of one layer's kernel at one step. */
export interface LayerPicture {
  readonly layer: string;
  readonly step: number;
  /** The weight that has the end colour of the map; the same for all pictures of the layer. */
  readonly scale: number;
  /** The first filters at input channel 0; of a dense layer one map. */
  readonly strip: TileSet;
  /** Of the selected layer only: every filter at `channel`, or the map of a dense layer (units down, inputs across). */
  readonly detail?: { readonly channel: number; readonly tiles: TileSet; readonly block: readonly [inputs: number, units: number] };
}

/** Exact weights into one output of the selected layer: a filter at all its input channels, or a unit at its inputs. */
export interface KernelNumbers {
  readonly layer: string;
  readonly step: number;
  readonly output: number;
  /** Input channel (or input) that `values` begins with; a very wide layer is cut to what fits a message. */
  readonly first: number;
  /** Input after input; within an input channel row-major. */
  readonly values: Float32Array;
  readonly bias?: number;
}

/** The selected layer, and which of its outputs the panel wants exact (the chosen one, the one under the pointer). */
export interface KernelSelection {
  readonly layer: string;
  readonly channel: number;
  readonly outputs: readonly number[];
}

/** Host to panel. What carries `frame` is acknowledged; the host waits for that and drops pictures meanwhile. */
export type ToTrainingPanel =
  /** A run from its beginning: forget all before; its metrics follow as `add`. */
  | { readonly type: "whole"; readonly run: RunView }
  /** The run's state, layers or surroundings changed. */
  | { readonly type: "run"; readonly run: RunView }
  /** `received`: when the host got the oldest of these, in ms since 1970. `more`: the rest follows at once. */
  | {
      readonly type: "add";
      readonly frame: number;
      readonly entries: readonly MetricsEntry[];
      readonly received: number;
      readonly more: boolean;
    }
  | {
      readonly type: "pictures";
      readonly frame: number;
      readonly pictures: readonly LayerPicture[];
      readonly numbers: readonly KernelNumbers[];
    }
  /** No run. `network`: the file that would be trained, as people call it. */
  | { readonly type: "clear"; readonly network?: string };

export type PanelCommand = "train" | "openNetwork" | "openFile" | "installEngine" | "showDifference";

/** Panel to host. */
export type FromTrainingPanel =
  /** The script runs and listens; sent once, first. */
  | { readonly type: "ready" }
  /** The frame is on the screen. */
  | { readonly type: "ack"; readonly frame: number }
  /** What the panel shows now: layers whose strips are in sight, and the selection. "epoch": reduced motion. */
  | {
      readonly type: "watch";
      readonly layers: readonly string[];
      readonly selection?: KernelSelection;
      readonly pace: "live" | "epoch";
    }
  | { readonly type: "pause" }
  | { readonly type: "continue" }
  | { readonly type: "stop" }
  | { readonly type: "setRate"; readonly learningRate: number }
  /** Go on with an ended run. */
  | { readonly type: "resume"; readonly learningRate?: number }
  | { readonly type: "command"; readonly command: PanelCommand }
  /** Asks where, then writes. `name` is the file name to offer. */
  | { readonly type: "save"; readonly name: string; readonly content: Uint8Array | string };
