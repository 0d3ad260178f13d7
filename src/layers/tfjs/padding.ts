import type { Padding, Pair } from "../../program/types.js";
import { CHANNELS_LAST, plain, type TfjsLayer } from "./types.js";

/** [[top, bottom], [left, right]] */
export const sides = ([top, bottom, left, right]: Padding): readonly [Pair, Pair] => [
  [top, bottom],
  [left, right],
];

export const zeroPadding = (padding: Padding): TfjsLayer => plain("ZeroPadding2D", { ...CHANNELS_LAST, padding: sides(padding) });
