import type { AxisOrder } from "../axisOrder.js";
import { permute } from "../permute.js";
import { reshape, resolveTarget } from "../reshape.js";
import { slice } from "../slice.js";
import { describe, type Entry, refuse } from "./entry.js";
import { plain, type TfjsChain, type TfjsLayer } from "./types.js";

/** Layers that move numbers about. */
export const ARRANGING: readonly Entry[] = [
  describe(reshape, ({ targetShape, order }, { inputs: [input = []] }) =>
    turned(plain("Reshape", { target_shape: resolveTarget(targetShape, input) }), order, input.length, targetShape.length),
  ),
  describe(permute, ({ dims, order }, { inputs: [input = []] }) => turned(plain("Permute", { dims }), order, input.length, dims.length)),
  refuse(slice, "takes part of an axis"),
];

/** Does with permutations before and after what `order` asks for; see axisOrder.ts. */
function turned(main: TfjsLayer, order: AxisOrder, axesBefore: number, axesAfter: number): TfjsChain {
  return {
    ...(order === "channelsFirst" && axesBefore === 3 && { before: plain("Permute", { dims: [3, 1, 2] }) }),
    main,
    ...(order === "channelsFirst" && axesAfter === 3 && { after: plain("Permute", { dims: [2, 3, 1] }) }),
  };
}
