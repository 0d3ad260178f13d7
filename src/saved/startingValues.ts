import { UserError } from "../base/userError.js";
import { sizesText } from "../base/words.js";
import { elementCount } from "../program/shapes.js";
import type { StartingWeights, StoredWeight } from "../run/start.js";
import { readAll, withTensors } from "./readSaved.js";
import { rowMajor } from "./strided.js";
import type { TensorData } from "./tensors.js";

/** A variable of a program, as far as its start goes. */
interface Variable {
  readonly name: string;
  readonly shape: readonly number[];
}

/**
 * Reads the weights that variables start from, in the order of the variables' axes. Throws UserError naming the tensor where the file lacks one
 * or holds another count of numbers.
 */
export function readStartingValues({ file, weights }: StartingWeights, variables: readonly Variable[]): Promise<Map<string, Float32Array>> {
  return withTensors(file, async (open) => {
    const values = new Map<string, Float32Array>();
    for (const { name, shape } of variables) {
      const weight = weights[name];
      if (weight === undefined) continue;
      const tensor = await readAll(open, file, weight.tensor);
      if (tensor.data.length !== elementCount(shape)) {
        const [theirs, ours] = [sizesText(tensor.shape), sizesText(shape)];
        throw new UserError(`${weight.tensor} in ${file} is ${theirs}, which does not fit ${name} of ${ours}.`);
      }
      values.set(name, reordered(tensor, weight));
    }
    return values;
  });
}

/** A tensor's numbers with its axes in another order, row-major. */
export function reordered(tensor: Pick<TensorData, "shape" | "data">, { permutation, shape = tensor.shape }: StoredWeight): Float32Array {
  const { data } = tensor;
  if (!permutation || permutation.every((axis, i) => axis === i)) return data;
  const sizes = permutation.map((axis) => shape[axis] ?? 1);
  const strides = permutation.map((axis) => elementCount(shape.slice(axis + 1)));
  return rowMajor(data, sizes, strides);
}
