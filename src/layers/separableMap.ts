import type { Builder } from "../program/builder.js";
import type { Value } from "../program/types.js";
import { imageOf } from "./image.js";

/** How one axis is mapped: for each of its outputs, a weight for every input. */
export type AxisWeights = readonly (readonly number[])[];

/**
 * A linear map of rows and one of columns, as pooling to a size and interpolation are. Each is a convolution of kernel size 1 over an
 * image whose channels are the axis; turning the axes around three times brings them back.
 */
export function separableMap(builder: Builder, x: Value, rows: AxisWeights, columns: AxisWeights): Value {
  const turn = (image: Value) => builder.transpose(image, [0, 2, 3, 1]);
  return turn(mapChannels(builder, turn(mapChannels(builder, turn(x), rows)), columns));
}

function mapChannels(builder: Builder, x: Value, weights: AxisWeights): Value {
  const [, , inputs] = imageOf(x);
  const numbers = Array.from({ length: inputs }, (_, input) => weights.map((each) => each[input] ?? 0)).flat();
  const kernel = builder.constant(numbers, [1, 1, inputs, weights.length]);
  return builder.conv2d(x, kernel, { strides: [1, 1], dilation: [1, 1], padding: [0, 0, 0, 0], groups: 1 });
}
