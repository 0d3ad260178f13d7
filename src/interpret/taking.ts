import { type Steps, step } from "./steps.js";
import type { TensorShape } from "./tensor.js";
import type { CatalogueStep } from "./trace.js";

/** Entries of an axis (0 is the batch), from `start` to before `end`. */
export interface Taking {
  readonly axis: number;
  readonly start: number;
  readonly end: number;
  readonly step?: number;
}

/** How a framework's axes are said in the catalogue. */
interface Axes {
  /** Where an axis (0 is the batch) of a tensor of so many axes is there, without the batch; undefined for the batch itself. */
  readonly ownAxis: (axis: number, rank: number) => number | undefined;
  readonly reshaped: (input: TensorShape, output: TensorShape) => Steps | undefined;
}

/** Slices one axis after another, then brings what is left into the shape that comes out; undefined where nothing is left, or the batch is cut. */
export const takerOf =
  ({ ownAxis, reshaped }: Axes) =>
  (input: TensorShape, takings: readonly Taking[], output: TensorShape): Steps | undefined => {
    const steps: CatalogueStep[] = [];
    let shape = input;
    for (const { axis, start, end, step: by = 1 } of takings) {
      if (start === 0 && end === input[axis] && by === 1) continue;
      const own = ownAxis(axis, input.length);
      if (own === undefined || end <= start) return undefined;
      steps.push(step("slice", { axis: own, start, end, ...(by > 1 && { step: by }) }));
      shape = shape.map((size, i) => (i === axis ? Math.ceil((end - start) / by) : size));
    }
    const arranged = reshaped(shape, output);
    return arranged && [...steps, ...arranged];
  };
