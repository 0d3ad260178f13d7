import type { Padding } from "../program/types.js";
import type { ImageShape } from "./image.js";
import type { LayerShape } from "./kind.js";
import { pointwise } from "./pointwise.js";

/** An image with rows and columns put around it. */
export function paddedImage([height, width, channels]: ImageShape, padding: Padding): LayerShape {
  const [top, bottom, left, right] = padding;
  const output = [height + top + bottom, width + left + right, channels];
  return {
    ...pointwise(output),
    reach: { kernel: [1, 1], strides: [1, 1], dilation: [1, 1], padding },
    formulas: () => [
      { label: "height", expression: `${height} + ${top} + ${bottom}`, value: String(output[0]) },
      { label: "width", expression: `${width} + ${left} + ${right}`, value: String(output[1]) },
    ],
  };
}
