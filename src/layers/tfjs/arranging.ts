import type { AxisOrder } from "../axisOrder.js";
import { channelPadding } from "../channelPadding.js";
import { cropping2d } from "../cropping2d.js";
import { depthToSpace } from "../depthToSpace.js";
import type { Interpolation } from "../interpolation.js";
import { padding2d } from "../padding2d.js";
import { permute } from "../permute.js";
import { reshape, resolveTarget } from "../reshape.js";
import { resizing } from "../resizing.js";
import { slice } from "../slice.js";
import { spaceToDepth } from "../spaceToDepth.js";
import { upSampling2d } from "../upSampling2d.js";
import { describe, type Entry, refuse } from "./entry.js";
import { sides, zeroPadding } from "./padding.js";
import { CHANNELS_LAST, plain, type TfjsChain, type TfjsLayer } from "./types.js";

/** Layers that move numbers about. */
export const ARRANGING: readonly Entry[] = [
  describe(reshape, ({ targetShape, order }, { inputs: [input = []] }) =>
    turned(plain("Reshape", { target_shape: resolveTarget(targetShape, input) }), order, input.length, targetShape.length),
  ),
  describe(permute, ({ dims, order }, { inputs: [input = []] }) => turned(plain("Permute", { dims }), order, input.length, dims.length)),
  refuse(slice, "takes part of an axis"),
  refuse(channelPadding, "adds channels of zeros"),
  refuse(spaceToDepth, "moves pixels to channels"),
  refuse(depthToSpace, "moves channels to pixels"),
  describe(cropping2d, ({ cropping }) => ({ main: plain("Cropping2D", { ...CHANNELS_LAST, cropping: sides(cropping) }) })),
  describe(padding2d, ({ padding, mode, value }) =>
    mode === "constant" && value === 0
      ? { main: zeroPadding(padding) }
      : { refused: "pads with other numbers than zeros, which TensorFlow.js layers does not have; use zeroPadding2d" },
  ),
  describe(upSampling2d, ({ size, interpolation }) => {
    const theirs = TFJS_INTERPOLATIONS[interpolation];
    if (theirs === undefined)
      return { refused: "upsamples between pixel centres, which TensorFlow.js layers does not; use interpolation nearest" };
    return { main: plain("UpSampling2D", { ...CHANNELS_LAST, size, interpolation: theirs }) };
  }),
  refuse(resizing, "resizes to a height and width"),
];

/** For whole factors both kinds of nearest are one. */
const TFJS_INTERPOLATIONS: Readonly<Record<Interpolation, "nearest" | "bilinear" | undefined>> = {
  nearest: "nearest",
  nearestExact: "nearest",
  bilinear: undefined,
  bilinearAsymmetric: "bilinear",
};

/** Does with permutations before and after what `order` asks for; see axisOrder.ts. */
function turned(main: TfjsLayer, order: AxisOrder, axesBefore: number, axesAfter: number): TfjsChain {
  return {
    ...(order === "channelsFirst" && axesBefore === 3 && { before: plain("Permute", { dims: [3, 1, 2] }) }),
    main,
    ...(order === "channelsFirst" && axesAfter === 3 && { after: plain("Permute", { dims: [2, 3, 1] }) }),
  };
}
