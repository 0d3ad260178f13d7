import { ACTIVATIONS } from "./activations.js";
import { ARITHMETIC } from "./arithmetic.js";
import { ARRANGEMENTS } from "./arrange.js";
import { CONVOLUTIONS } from "./convolution.js";
import { IMAGES } from "./image.js";
import { LINEAR } from "./linear.js";
import { NORMALIZATIONS } from "./normalization.js";
import type { Lowering } from "./operands.js";
import { POOLS } from "./pooling.js";
import { REDUCTIONS } from "./reduce.js";

/** Every operator that layers of the catalogue can say. */
export const LOWERINGS: ReadonlyMap<string, Lowering> = new Map(
  Object.entries({
    ...CONVOLUTIONS,
    ...POOLS,
    ...LINEAR,
    ...NORMALIZATIONS,
    ...ACTIVATIONS,
    ...ARITHMETIC,
    ...ARRANGEMENTS,
    ...REDUCTIONS,
    ...IMAGES,
  }),
);
