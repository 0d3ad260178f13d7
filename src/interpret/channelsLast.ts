import { type Steps, step } from "./steps.js";
import { takerOf } from "./taking.js";
import type { TensorShape } from "./tensor.js";

// How operations on tensors of [batch, height, width, channels] are said in layers of the catalogue, which has them so too.

/** A change of shape behind the batch; undefined where a size there is unknown, or the batch does not stay. */
export function reshaped(input: TensorShape, output: TensorShape): Steps | undefined {
  const [from, to] = [input.slice(1), output.slice(1)];
  const staysBatch = output[0] === undefined || input[0] === undefined || output[0] === input[0];
  if (output.length === 0 || !staysBatch || [...from, ...to].includes(undefined)) return undefined;
  if (String(from) === String(to)) return [];
  return to.length === 1 ? [step("flatten")] : [step("reshape", { targetShape: to })];
}

/** The axes in another order (0 is the batch, which has to stay in front). */
export function permuted(dims: readonly number[]): Steps | undefined {
  if (dims[0] !== 0) return undefined;
  return dims.every((dim, i) => dim === i) ? [] : [step("permute", { dims: dims.slice(1) })];
}

/** Parts of axes, in the shape that comes out. */
export const takenFrom = takerOf({ ownAxis: (axis) => (axis === 0 ? undefined : axis - 1), reshaped });
