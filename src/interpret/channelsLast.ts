import type { Taking } from "./channelsFirst.js";
import { type Steps, step } from "./steps.js";
import type { TensorShape } from "./tensor.js";
import type { CatalogueStep } from "./trace.js";

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
export function takenFrom(input: TensorShape, takings: readonly Taking[], output: TensorShape): Steps | undefined {
  const steps: CatalogueStep[] = [];
  let shape = input;
  for (const { axis, start, end, step: by = 1 } of takings) {
    if (start === 0 && end === input[axis] && by === 1) continue;
    if (axis === 0 || end <= start) return undefined;
    steps.push(step("slice", { axis: axis - 1, start, end, ...(by > 1 && { step: by }) }));
    shape = shape.map((size, i) => (i === axis ? Math.ceil((end - start) / by) : size));
  }
  const arranged = reshaped(shape, output);
  return arranged && [...steps, ...arranged];
}
