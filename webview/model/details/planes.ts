import { signedByte } from "../../../src/base/colours.js";
import type { KernelPlanes, TensorSummary } from "../../../src/protocol/modelPanel.js";
import type { TileSet } from "../../../src/protocol/trainingPanel.js";

/** Kernels that were sent. */
export function kernelsIn({ values, height, width, channels }: KernelPlanes): number {
  return Math.floor(values.length / Math.max(1, height * width * channels));
}

/** A kernel's weights at one channel; `kernel` counts from the first of all. */
export function planeOf(planes: KernelPlanes, kernel: number, channel: number): Float32Array {
  const size = planes.height * planes.width;
  const start = ((kernel - planes.first) * planes.channels + channel) * size;
  return planes.values.subarray(start, start + size);
}

/** All kernels at one channel. */
export function tilesAtChannel(planes: KernelPlanes, channel: number, scale: number): TileSet {
  const all = Array.from({ length: kernelsIn(planes) }, (_, i) => planeOf(planes, planes.first + i, channel));
  return tiles(planes, all, scale);
}

/** One kernel at all channels. */
export function tilesOfKernel(planes: KernelPlanes, kernel: number, scale: number): TileSet {
  const all = Array.from({ length: planes.channels }, (_, channel) => planeOf(planes, kernel, channel));
  return tiles(planes, all, scale);
}

/** Kernels of 1x1 as the matrix they are: kernels down, channels across. */
export function matrixOf(planes: KernelPlanes, scale: number): TileSet {
  const bytes = Uint8Array.from(planes.values, (value) => signedByte(value, scale));
  return { width: planes.channels, height: kernelsIn(planes), count: 1, bytes };
}

function tiles({ width, height }: KernelPlanes, all: readonly Float32Array[], scale: number): TileSet {
  const size = width * height;
  const bytes = new Uint8Array(size * all.length);
  all.forEach((plane, i) => {
    plane.forEach((value, k) => {
      bytes[i * size + k] = signedByte(value, scale);
    });
  });
  return { width, height, count: all.length, bytes };
}

/** The value with the end's colour: three deviations, so that one extreme weight does not whiten all others. */
export function scaleOf(planes: KernelPlanes, summary: TensorSummary | undefined): number {
  const most = planes.values.reduce((largest, value) => (Number.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest), 0);
  const typical = summary === undefined ? most : Math.abs(summary.mean) + 3 * summary.deviation;
  return Math.min(most, typical) || 1;
}
