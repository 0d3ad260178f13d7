import type { Pair } from "../../program/types.js";
import { adaptiveAveragePooling2d } from "../adaptiveAveragePooling2d.js";
import { adaptiveMaxPooling2d } from "../adaptiveMaxPooling2d.js";
import { averagePooling2d } from "../averagePooling2d.js";
import { globalAveragePooling2d } from "../globalAveragePooling2d.js";
import { globalMaxPooling2d } from "../globalMaxPooling2d.js";
import type { Shape } from "../kind.js";
import { maxPooling2d } from "../maxPooling2d.js";
import { isDilated, poolingWindow } from "../pooling2d.js";
import { placeWindow, type WindowArguments } from "../window.js";
import { describe, type Entry } from "./entry.js";
import { CHANNELS_LAST, plain, type TfjsDescription } from "./types.js";

/** Layers that pool. */
export const POOLING: readonly Entry[] = [
  describe(maxPooling2d, (args, { inputs }) => {
    const window = poolingWindow(args);
    return isDilated(window) ? lacks("pools with dilationRate") : pooling("MaxPooling2D", window, inputs);
  }),
  describe(averagePooling2d, (args, { inputs }) => {
    const window = poolingWindow(args);
    const counts = args.countPadding && Math.max(...place(window, inputs).padding) > 0;
    return counts ? lacks("counts padding in its averages") : pooling("AveragePooling2D", window, inputs);
  }),
  describe(adaptiveMaxPooling2d, ({ outputSize }, { inputs }) => adaptive("MaxPooling2D", outputSize, inputs)),
  describe(adaptiveAveragePooling2d, ({ outputSize }, { inputs }) => adaptive("AveragePooling2D", outputSize, inputs)),
  describe(globalMaxPooling2d, ({ keepDims }, { inputs }) => global("MaxPooling2D", keepDims, inputs)),
  describe(globalAveragePooling2d, ({ keepDims }, { inputs }) => global("AveragePooling2D", keepDims, inputs)),
];

const lacks = (does: string): TfjsDescription => ({ refused: `${does}, which TensorFlow.js layers does not have` });

function place(window: WindowArguments, [[height = 1, width = 1, channels = 1] = []]: readonly Shape[]) {
  return placeWindow([height, width, channels], window);
}

/** TF.js pools with the rules same and valid only; explicit padding that comes to the same is said by them. */
function pooling(className: string, window: WindowArguments, inputs: readonly Shape[]): TfjsDescription {
  const wanted = JSON.stringify(place(window, inputs));
  const byRule = (padding: "same" | "valid") => JSON.stringify(place({ ...window, padding, ceil: false }, inputs));
  const padding = (["valid", "same"] as const).find((rule) => byRule(rule) === wanted);
  if (padding) return { main: plain(className, { ...CHANNELS_LAST, pool_size: window.size, strides: window.strides, padding }) };
  return { refused: "pools with explicit padding, which TensorFlow.js layers does not have; use padding same or valid" };
}

function evenly(className: string, size: Pair) {
  return { main: plain(className, { ...CHANNELS_LAST, pool_size: size, strides: size, padding: "valid" }) };
}

function adaptive(className: string, [rows, columns]: Pair, [[height = 1, width = 1] = []]: readonly Shape[]): TfjsDescription {
  const size: Pair = [height / rows, width / columns];
  return size.every(Number.isInteger) ? evenly(className, size) : lacks("pools to a size that does not divide the image's");
}

function global(className: string, keepDims: boolean, [[height = 1, width = 1] = []]: readonly Shape[]): TfjsDescription {
  return keepDims ? evenly(className, [height, width]) : { main: plain(`Global${className}`, CHANNELS_LAST) };
}
