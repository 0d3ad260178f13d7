import type { LayerWeights } from "../../protocol/trainer.js";
import type { KernelNumbers, LayerPicture, TileSet } from "../../protocol/trainingPanel.js";

/** Tiles in a layer's strip, and the size of a dense layer's. */
const STRIP_TILES = 6;
const STRIP_MAP = { width: 140, height: 22 };
/** Bytes of one detail, and numbers of one kernel: what fits a message of 64 KB with the rest. */
const DETAIL_BYTES = 56_000;
const DETAIL_WIDTH = 1200;
const MOST_NUMBERS = 1500;

/** A kernel as [height, width, inputs, outputs]; a dense one is 1x1. */
interface Kernel {
  readonly height: number;
  readonly width: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly values: Float32Array;
}

function kernelOf({ kernelShape, kernel }: LayerWeights): Kernel {
  const [a = 1, b = 1, c, d] = kernelShape;
  return c === undefined || d === undefined
    ? { height: 1, width: 1, inputs: a, outputs: b, values: kernel }
    : { height: a, width: b, inputs: c, outputs: d, values: kernel };
}

const SCALES = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The weight that gets the end colour: the largest, or 3.5 standard deviations where few are larger; a round number, so that it rarely moves. */
export function scaleOf(values: Float32Array): number {
  let largest = 0;
  let squares = 0;
  for (const value of values) {
    const size = Math.abs(value);
    if (size > largest) largest = size;
    squares += value * value;
  }
  const wanted = Math.min(largest, 3.5 * Math.sqrt(squares / Math.max(1, values.length)));
  if (!(wanted > 0) || !Number.isFinite(wanted)) return 1;
  const power = 10 ** Math.floor(Math.log10(wanted));
  return Number(((SCALES.find((scale) => scale * power >= wanted) ?? 10) * power).toPrecision(3));
}

function byteOf(value: number, scale: number): number {
  const share = Math.min(Math.max(value / scale, -1), 1);
  // A weight that is not a number has no colour of the scale: 0 is its byte.
  return Number.isNaN(share) ? 0 : 128 + Math.round(127 * share);
}

/** The first `count` filters at one input channel. */
function filterTiles(kernel: Kernel, channel: number, count: number, scale: number): TileSet {
  const { height, width, inputs, outputs, values } = kernel;
  const size = height * width;
  const bytes = new Uint8Array(count * size);
  for (let filter = 0; filter < count; filter++) {
    for (let i = 0; i < size; i++) {
      bytes[filter * size + i] = byteOf(values[(i * inputs + channel) * outputs + filter] ?? 0, scale);
    }
  }
  return { width, height, count, bytes };
}

/** Units down, inputs across; every `across`-th input of every `down`-th unit, so that a pixel is a weight and no mixture. */
function mapTile(kernel: Kernel, across: number, down: number, scale: number): TileSet {
  const width = Math.ceil(kernel.inputs / across);
  const height = Math.ceil(kernel.outputs / down);
  const bytes = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      bytes[y * width + x] = byteOf(kernel.values[x * across * kernel.outputs + y * down] ?? 0, scale);
    }
  }
  return { width, height, count: 1, bytes };
}

/** The pictures of a layer: its strip, and its detail at an input channel if it is the selected one. */
export function pictureOf(weights: LayerWeights, selectedChannel?: number): LayerPicture {
  const kernel = kernelOf(weights);
  const scale = scaleOf(kernel.values);
  const isMap = kernel.height * kernel.width === 1;
  const base = { layer: weights.layer, step: weights.step, scale };
  if (isMap) {
    const strip = mapTile(kernel, Math.ceil(kernel.inputs / STRIP_MAP.width), Math.ceil(kernel.outputs / STRIP_MAP.height), scale);
    if (selectedChannel === undefined) return { ...base, strip };
    const across = Math.ceil(kernel.inputs / DETAIL_WIDTH);
    const down = Math.ceil(kernel.outputs / Math.floor(DETAIL_BYTES / Math.ceil(kernel.inputs / across)));
    return { ...base, strip, detail: { channel: selectedChannel, tiles: mapTile(kernel, across, down, scale), block: [across, down] } };
  }
  const strip = filterTiles(kernel, 0, Math.min(STRIP_TILES, kernel.outputs), scale);
  if (selectedChannel === undefined) return { ...base, strip };
  const count = Math.min(kernel.outputs, Math.floor(DETAIL_BYTES / (kernel.height * kernel.width)));
  const channel = Math.min(selectedChannel, kernel.inputs - 1);
  return { ...base, strip, detail: { channel, tiles: filterTiles(kernel, channel, count, scale), block: [1, 1] } };
}

/** Exact weights into one output around an input; undefined for an output the layer does not have. */
export function numbersOf(weights: LayerWeights, output: number, input: number): KernelNumbers | undefined {
  const kernel = kernelOf(weights);
  if (output >= kernel.outputs) return undefined;
  const size = kernel.height * kernel.width;
  const most = Math.max(1, Math.floor(MOST_NUMBERS / size));
  const first = kernel.inputs <= most ? 0 : Math.min(Math.max(0, input - Math.floor(most / 2)), kernel.inputs - most);
  const count = Math.min(most, kernel.inputs);
  const values = new Float32Array(count * size);
  for (let c = 0; c < count; c++) {
    for (let i = 0; i < size; i++) values[c * size + i] = kernel.values[(i * kernel.inputs + first + c) * kernel.outputs + output] ?? 0;
  }
  const bias = weights.bias?.[output];
  return { layer: weights.layer, step: weights.step, output, first, values, ...(bias === undefined ? {} : { bias }) };
}

/** What a picture and its numbers weigh on the wire. */
export function bytesOf(picture: LayerPicture): number {
  return picture.strip.bytes.length + (picture.detail?.tiles.bytes.length ?? 0);
}
