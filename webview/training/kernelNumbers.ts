import { signedByte } from "../../src/base/colours.js";
import type { LayerRow } from "../../src/protocol/trainer.js";
import type { KernelNumbers, TileSet } from "../../src/protocol/trainingPanel.js";
import type { TrackedNumbers } from "./state.js";

/** How a layer's kernel is laid out; a 1x1 convolution reads best as the map it is. */
export type KernelForm =
  | { readonly form: "filters"; readonly height: number; readonly width: number; readonly inputs: number; readonly outputs: number }
  | { readonly form: "map"; readonly inputs: number; readonly outputs: number };

export function kernelForm(row: LayerRow): KernelForm | undefined {
  const [a, b, c, d] = row.kernelShape ?? [];
  if (a === undefined || b === undefined) return undefined;
  if (c === undefined || d === undefined) return { form: "map", inputs: a, outputs: b };
  return a === 1 && b === 1 ? { form: "map", inputs: c, outputs: d } : { form: "filters", height: a, width: b, inputs: c, outputs: d };
}

/** One kernel of a filter: its weights at one input channel. Undefined where those were not sent. */
export function kernelAt(numbers: KernelNumbers, size: number, channel: number): Float32Array | undefined {
  const start = (channel - numbers.first) * size;
  return start >= 0 && start + size <= numbers.values.length ? numbers.values.subarray(start, start + size) : undefined;
}

/** All input channels of a filter as tiles. */
export function channelTiles(numbers: KernelNumbers, width: number, height: number, scale: number): TileSet {
  return {
    width,
    height,
    count: Math.floor(numbers.values.length / (width * height)),
    bytes: Uint8Array.from(numbers.values, (value) => signedByte(value, scale)),
  };
}

export interface KernelFacts {
  readonly mean: number;
  readonly norm: number;
  /** Length of the change divided by the steps it took; undefined before a second look. */
  readonly changePerStep: number | undefined;
}

export function factsOfKernel(tracked: TrackedNumbers, size: number, channel: number): KernelFacts | undefined {
  const now = kernelAt(tracked.now, size, channel);
  if (now === undefined) return undefined;
  const before = tracked.before && kernelAt(tracked.before, size, channel);
  const steps = tracked.before === undefined ? 0 : tracked.now.step - tracked.before.step;
  const change = before === undefined || steps <= 0 ? undefined : Math.hypot(...now.map((value, i) => value - (before[i] ?? 0))) / steps;
  return { mean: now.reduce((sum, value) => sum + value, 0) / now.length, norm: Math.hypot(...now), changePerStep: change };
}
