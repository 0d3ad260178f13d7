import type { KernelNumbers, LayerPicture, RunView, ToTrainingPanel } from "../../src/protocol/trainingPanel.js";
import { addEntry, EMPTY_SERIES, type Series } from "./series.js";

/** What the host said so far. */
export interface TrainingState {
  /** Undefined until the host's first message. */
  readonly run: RunView | "none" | undefined;
  /** Which run this is of those the panel has shown: what was chosen for one says nothing of the next. */
  readonly generation: number;
  /** The file Train CNN would train, while there is no run. */
  readonly network: string | undefined;
  readonly series: Series;
  readonly pictures: ReadonlyMap<string, LayerPicture>;
  readonly numbers: ReadonlyMap<string, TrackedNumbers>;
}

/** The newest exact numbers of a kernel, and the ones before them for the change per step. */
export interface TrackedNumbers {
  readonly now: KernelNumbers;
  readonly before: KernelNumbers | undefined;
}

export const INITIAL: TrainingState = {
  run: undefined,
  generation: 0,
  network: undefined,
  series: EMPTY_SERIES,
  pictures: new Map(),
  numbers: new Map(),
};

export const numbersKey = (layer: string, output: number): string => `${layer}/${output}`;

/** The state after a message. Pure; what did not change keeps its identity. */
export function reduce(state: TrainingState, message: ToTrainingPanel): TrainingState {
  switch (message.type) {
    case "whole":
      return sameRun(state, message.run)
        ? { ...state, run: message.run, series: EMPTY_SERIES }
        : { ...INITIAL, run: message.run, generation: state.generation + 1 };
    case "run":
      return { ...state, run: message.run };
    case "clear":
      return { ...INITIAL, run: "none", generation: state.generation, network: message.network };
    case "add":
      return { ...state, series: message.entries.reduce(addEntry, state.series) };
    case "pictures": {
      const pictures = new Map(state.pictures);
      for (const picture of message.pictures) pictures.set(picture.layer, withDetail(picture, pictures.get(picture.layer)));
      const numbers = new Map(state.numbers);
      for (const now of message.numbers) {
        const key = numbersKey(now.layer, now.output);
        numbers.set(key, track(now, numbers.get(key)));
      }
      return { ...state, pictures, numbers };
    }
  }
}

/** Kernels of the same run stay on the screen while its metrics come anew. */
function sameRun(state: TrainingState, run: RunView): boolean {
  return typeof state.run === "object" && state.run.record.id === run.record.id;
}

/** A picture for the strip alone does not take away the selected layer's last detail. */
function withDetail(picture: LayerPicture, before: LayerPicture | undefined): LayerPicture {
  return picture.detail === undefined && before?.detail !== undefined ? { ...picture, detail: before.detail } : picture;
}

function track(now: KernelNumbers, known: TrackedNumbers | undefined): TrackedNumbers {
  if (known === undefined) return { now, before: undefined };
  return { now, before: known.now.step === now.step ? known.before : known.now };
}
