import type { Builder } from "../program/builder.js";
import type { Value } from "../program/types.js";
import { imageOf } from "./image.js";
import { placeWindow, span, type WindowArguments } from "./window.js";

/** The lowest float32: as padding it never wins. */
const LOWEST = -3.4028234663852886e38;

/**
 * The largest number under windows with gaps: of images moved by the dilation against each other, rows first and then columns, and of
 * that every strides-th number.
 */
export function dilatedMaximum(builder: Builder, x: Value, window: WindowArguments): Value {
  const { size, dilation, strides } = window;
  const { padding } = placeWindow(imageOf(x), window);
  const padded = Math.max(...padding) > 0 ? builder.pad2d(x, padding, LOWEST) : x;
  const largest = ([0, 1] as const).reduce((image: Value, axis) => {
    const positions = (image.shape[axis + 1] ?? 1) - span(size[axis], dilation[axis]) + 1;
    const moved = Array.from({ length: size[axis] }, (_, i) => builder.slice(image, axis + 1, i * dilation[axis], positions));
    return moved.reduce((a, b) => builder.binary("maximum", a, b));
  }, padded);
  return Math.max(...strides) > 1 ? builder.maxPool2d(largest, { size: [1, 1], strides, padding: [0, 0, 0, 0] }) : largest;
}
