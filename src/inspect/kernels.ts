import { UserError } from "../base/userError.js";
import type { Framework } from "../frameworks/framework.js";
import type { KernelPlanes } from "../protocol/modelPanel.js";
import { placeOf, stridesOf } from "./axes.js";
import { countOfSource, type NumberSource } from "./numberSource.js";

/** Which axes of a convolution's weight are what; kernels along several axes are counted row by row of the last one. */
export interface KernelAxes {
  readonly kernels: readonly number[];
  readonly channels: readonly number[];
  /** Undefined for convolutions along one axis. */
  readonly height: number | undefined;
  readonly width: number;
}

/** Numbers of one message at most, unless one kernel has more, and of a tensor that has to be read whole. */
const MOST_SENT = 1 << 18;
const MOST_READ = 1 << 26;

/**
 * How a framework lays the weight of a convolution out: OIHW in PyTorch and ONNX, HWIO in Keras, TensorFlow.js and our own networks, WHIO
 * in Flux. Transposed convolutions have outputs and inputs swapped; depthwise ones of Keras have HWIM, every kernel a single channel.
 * Undefined for other tensors than those of three or four axes. `words`: the layer's type and the weight's name.
 */
export function kernelAxes(framework: Framework, words: string, rank: number): KernelAxes | undefined {
  if (rank !== 3 && rank !== 4) return undefined;
  const isTransposed = /transpose|backpropinput/i.test(words);
  const swap = ({ kernels, channels, ...plane }: KernelAxes): KernelAxes =>
    isTransposed ? { kernels: channels, channels: kernels, ...plane } : { kernels, channels, ...plane };
  if (framework === "pytorch" || framework === "onnx" || framework === "safetensors")
    return swap({ kernels: [0], channels: [1], height: rank === 4 ? 2 : undefined, width: rank - 1 });
  const plane =
    framework === "flux" ? { height: rank === 4 ? 1 : undefined, width: 0 } : { height: rank === 4 ? 0 : undefined, width: rank - 3 };
  if (/depthwise/i.test(words) && framework !== "flux") return { kernels: [rank - 2, rank - 1], channels: [], ...plane };
  return swap({ kernels: [rank - 1], channels: [rank - 2], ...plane });
}

/** Kernels `first` to `first + count` of a convolution's weight, fewer where they are too many. Throws UserError where it is too large. */
export async function kernelPlanes(
  source: NumberSource,
  axes: KernelAxes,
  first: number,
  count: number,
): Promise<Omit<KernelPlanes, "tensor">> {
  const { shape } = source;
  const size = (axis: number | undefined) => (axis === undefined ? 1 : (shape[axis] ?? 1));
  const product = (of: readonly number[]) => of.reduce((sizes, axis) => sizes * size(axis), 1);
  const [height, width, channels, kernels] = [size(axes.height), size(axes.width), product(axes.channels), product(axes.kernels)];
  const each = height * width * channels;
  const most = Math.max(1, Math.floor(MOST_SENT / Math.max(1, each)));
  const start = Math.max(0, Math.min(first, kernels));
  const wanted = Math.min(count, most, kernels - start);
  // Kernels that lie one after another are read alone.
  const isOuter = axes.kernels.length === 1 && axes.kernels[0] === 0;
  const [offset, length] = isOuter ? [start * each, wanted * each] : [0, countOfSource(source)];
  if (length > MOST_READ) throw new UserError(`This weight of ${length} numbers is too large to be shown as kernels.`);
  const numbers = await source.read(offset, length);
  const strides = stridesOf(shape);
  const along = (index: number, of: readonly number[]) => placeOf(index, of, shape, strides);
  const [down, across] = [axes.height === undefined ? 0 : (strides[axes.height] ?? 0), strides[axes.width] ?? 0];
  const values = new Float32Array(wanted * each);
  let at = 0;
  for (let kernel = start; kernel < start + wanted; kernel++) {
    for (let channel = 0; channel < channels; channel++) {
      const place = along(kernel, axes.kernels) + along(channel, axes.channels) - offset;
      for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) values[at++] = numbers[place + y * down + x * across] ?? 0;
    }
  }
  return { height, width, channels, kernels, first: start, values };
}
