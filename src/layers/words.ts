import type { Padding, Pair } from "../program/types.js";
import type { Shape } from "./kind.js";

/** "28x28x6", "400"; a single number has no axes. */
export function shapeText(shape: Shape): string {
  return shape.join("x") || "scalar";
}

/** "5" for 5x5, else "5x3". */
export function pairText([height, width]: Pair): string {
  return height === width ? String(height) : `${height}x${width}`;
}

/** "same", "2", or "[[0, 1], [0, 1]]" as it can be typed back. */
export function paddingText(padding: "same" | "valid" | Padding): string {
  return typeof padding === "string" ? padding : JSON.stringify(compactPadding(padding)).replaceAll(",", ", ");
}

/** The shortest JSON that reads as this pair. */
export function compactPair([height, width]: Pair): number | Pair {
  return height === width ? height : [height, width];
}

function compactPadding([top, bottom, left, right]: Padding): number | readonly (number | Pair)[] {
  if (top === bottom && left === right) return compactPair([top, left]);
  return [compactPair([top, bottom]), compactPair([left, right])];
}
