import type { Builder } from "../program/builder.js";
import { axisSize } from "../program/shapes.js";
import type { Value } from "../program/types.js";

/** For each output along an axis, a weight for every input. */
export type AxisWeights = readonly (readonly number[])[];

/** A linear map of the rows (axis 1) or columns (axis 2) of images: a 1x1 convolution once the axis is the last. */
export function mapAxis(builder: Builder, x: Value, axis: 1 | 2, weights: AxisWeights): Value {
  const inputs = axisSize(x.shape, axis);
  const matrix = Array.from({ length: inputs }, (_, input) => weights.map((each) => each[input] ?? 0)).flat();
  const kernel = builder.constant(matrix, [1, 1, inputs, weights.length]);
  const swapped = axis === 1 ? [0, 3, 2, 1] : [0, 1, 3, 2];
  const mapped = builder.conv2d(builder.transpose(x, swapped), kernel, {
    strides: [1, 1],
    dilation: [1, 1],
    padding: [0, 0, 0, 0],
    groups: 1,
  });
  return builder.transpose(mapped, swapped);
}
