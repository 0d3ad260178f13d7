import { type Steps, step } from "./steps.js";
import { takerOf } from "./taking.js";
import type { TensorShape } from "./tensor.js";

// How operations on tensors of [batch, channels, height, width] are said in layers of the catalogue: PyTorch's, and those of Flux with its
// sizes read backwards. Images there are height by width by channels; tensors of other ranks keep the framework's order.

const CHANNELS_FIRST = { order: "channelsFirst" } as const;

/** Where an axis (0 is the batch) of a tensor of so many axes is in the catalogue, without the batch; undefined for the batch itself. */
export function ownAxis(axis: number, rank: number): number | undefined {
  if (axis === 0) return undefined;
  return rank === 4 ? [2, 0, 1][axis - 1] : axis - 1;
}

/** A change of shape that keeps the batch; undefined where it does not, or a size is unknown. */
export function reshaped(input: TensorShape, output: TensorShape): Steps | undefined {
  if (output.length === 0 || input[0] !== output[0] || [...input, ...output].includes(undefined)) return undefined;
  if (String(input) === String(output)) return [];
  if (output.length === 2) return flattened(input);
  return [step("reshape", { targetShape: output.slice(1), ...CHANNELS_FIRST })];
}

/** All axes but the batch in a row; where all but the channels are 1, every order is the same. */
function flattened(input: TensorShape): Steps {
  const isImage = input.length === 4 && !input.slice(2).every((size) => size === 1);
  return [step("flatten", isImage ? CHANNELS_FIRST : {})];
}

/** The axes in another order (0 is the batch, which has to stay in front). */
export function permuted(dims: readonly number[]): Steps | undefined {
  if (dims[0] !== 0) return undefined;
  if (dims.every((dim, i) => dim === i)) return [];
  return [step("permute", { dims: dims.slice(1), ...CHANNELS_FIRST })];
}

/** Steps that work along the catalogue's last axis, done along another one of PyTorch's (0 is the batch) of so many. */
export function alongLast(axis: number, rank: number, steps: Steps | undefined): Steps | undefined {
  const own = ownAxis(axis, rank);
  if (own === undefined || own === rank - 2 || !steps) return own === undefined ? undefined : steps;
  const axes = Array.from({ length: rank - 1 }, (_, i) => i + 1);
  const there = [...axes.filter((each) => each !== own + 1), own + 1];
  const back = axes.map((each) => there.indexOf(each) + 1);
  return [step("permute", { dims: there }), ...steps, step("permute", { dims: back })];
}

/** What is done to images, done to sequences [batch, channels, length] as images of one column. */
export function onColumn(input: TensorShape, output: TensorShape, steps: Steps | undefined): Steps | undefined {
  const image = reshaped(input, [...input, 1]);
  const back = reshaped([...output, 1], output);
  return steps && image && back && [...image, ...steps, ...back];
}

/** What a convolution of single pixels does, done to the features at each position of [batch, positions, features]. */
export function atPositions(positions: number, features: number, steps: Steps): Steps {
  return [step("reshape", { targetShape: [positions, 1, -1] }), ...steps, step("reshape", { targetShape: [positions, features] })];
}

/** Parts of axes, in the shape that comes out. */
export const takenFrom = takerOf({ ownAxis, reshaped });
