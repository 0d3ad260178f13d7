import type { LayerShape, Reach, Shape } from "../layers/kind.js";
import { span } from "../layers/window.js";
import type { Pair } from "../program/types.js";
import type { ReceptiveField } from "./types.js";

/**
 * A receptive field, and how many units there are per axis, which a flattened output no longer says. Behind layers that enlarge images
 * the units' distance is a fraction of a pixel, and so may be the field's size and offset.
 */
export interface Sight {
  readonly field: ReceptiveField;
  readonly units: Pair;
}

/** The input sees itself; undefined where it is no image. */
export function inputSight(input: Shape): Sight | undefined {
  const [height, width] = input;
  if (input.length !== 3 || height === undefined || width === undefined) return undefined;
  return { field: { size: [1, 1], stride: [1, 1], offset: [0, 0] }, units: [height, width] };
}

/** The field in whole pixels: the most that any unit sees. */
export function wholeField(sight: Sight | undefined): ReceptiveField | undefined {
  if (!sight) return undefined;
  const [height, width] = sight.field.size;
  return { ...sight.field, size: [roundUp(height), roundUp(width)] };
}

/** Thirds and the like add up to a little more than a whole. */
const roundUp = (size: number): number => Math.ceil(size - 1e-6);

/** What a layer's outputs see of the network's input; undefined where one of its inputs is unknown or comes from no image. */
export function sightOf(shape: Pick<LayerShape, "output" | "reach">, inputs: readonly (Sight | undefined)[]): Sight | undefined {
  const merged = merge(inputs);
  if (!merged) return undefined;
  const [height, width] = shape.output;
  const units: Pair = shape.output.length === 3 && height !== undefined && width !== undefined ? [height, width] : merged.units;
  return look(merged, shape.reach, units);
}

/**
 * Size, stride and offset behind one more layer (Araujo, Norris and Sim, "Computing receptive fields of convolutional neural networks",
 * Distill, 2019): r' = r + (k - 1)*j, j' = j*s, and the first unit begins p*j earlier.
 */
function look({ field, units }: Sight, reach: Reach, unitsAfter: Pair): Sight {
  if (reach === "pointwise") return { field, units: unitsAfter };
  if (reach === "global") {
    const all = (axis: 0 | 1) => (units[axis] - 1) * field.stride[axis] + field.size[axis];
    return { field: { size: [all(0), all(1)], stride: field.stride, offset: field.offset }, units: [1, 1] };
  }
  const [top, , left] = reach.padding;
  const grow = (axis: 0 | 1) => field.size[axis] + (span(reach.kernel[axis], reach.dilation[axis]) - 1) * field.stride[axis];
  return {
    field: {
      size: [grow(0), grow(1)],
      stride: [field.stride[0] * reach.strides[0], field.stride[1] * reach.strides[1]],
      offset: [field.offset[0] - top * field.stride[0], field.offset[1] - left * field.stride[1]],
    },
    units: unitsAfter,
  };
}

/** Where branches meet, the smallest box around what each of them sees. */
function merge(inputs: readonly (Sight | undefined)[]): Sight | undefined {
  return inputs.reduce((a, b) => {
    if (!a || !b) return undefined;
    const start = (axis: 0 | 1) => Math.min(a.field.offset[axis], b.field.offset[axis]);
    const end = (axis: 0 | 1) => Math.max(a.field.offset[axis] + a.field.size[axis], b.field.offset[axis] + b.field.size[axis]);
    return {
      field: {
        size: [end(0) - start(0), end(1) - start(1)],
        stride: [Math.max(a.field.stride[0], b.field.stride[0]), Math.max(a.field.stride[1], b.field.stride[1])],
        offset: [start(0), start(1)],
      },
      units: [Math.max(a.units[0], b.units[0]), Math.max(a.units[1], b.units[1])],
    };
  });
}
