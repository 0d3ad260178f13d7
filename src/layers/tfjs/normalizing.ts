import { batchNormalization } from "../batchNormalization.js";
import { bias } from "../bias.js";
import { dropout } from "../dropout.js";
import { gaussianNoise } from "../gaussianNoise.js";
import { groupNormalization } from "../groupNormalization.js";
import { layerNormalization } from "../layerNormalization.js";
import { localResponseNormalization } from "../localResponseNormalization.js";
import { scaling } from "../scaling.js";
import { spatialDropout2d } from "../spatialDropout2d.js";
import { describe, type Entry, refuse } from "./entry.js";
import { plain } from "./types.js";

/** Layers that normalize, scale and shift, or add noise. */
export const NORMALIZING: readonly Entry[] = [
  describe(batchNormalization, ({ momentum, epsilon, center, scale }, { weight }) => {
    const names = [...affine(scale, center), "moving_mean", "moving_variance"];
    return { main: plain("BatchNormalization", { axis: -1, momentum, epsilon, center, scale }, names.map(weight)) };
  }),
  describe(layerNormalization, ({ axes, epsilon, center, scale }, { weight, inputs: [input = []] }) => {
    // Counted from the batch, as several axes from the end are not.
    const axis = Array.from({ length: axes }, (_, i) => input.length + 1 - axes + i);
    return { main: plain("LayerNormalization", { axis, epsilon, center, scale }, affine(scale, center).map(weight)) };
  }),
  refuse(groupNormalization, "normalizes groups of channels"),
  refuse(localResponseNormalization, "normalizes over neighbor channels"),
  describe(dropout, ({ rate }) => ({ main: plain("Dropout", { rate }) })),
  describe(spatialDropout2d, ({ rate }) => ({ main: plain("Dropout", { rate, noise_shape: [null, 1, 1, null] }) })),
  describe(gaussianNoise, ({ deviation }) => ({ main: plain("GaussianNoise", { stddev: deviation }) })),
  refuse(bias, "adds a learned tensor"),
  refuse(scaling, "multiplies by a learned tensor"),
];

const affine = (scale: boolean, center: boolean): string[] => [...(scale ? ["gamma"] : []), ...(center ? ["beta"] : [])];
