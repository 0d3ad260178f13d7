import { eLU } from "../eLU.js";
import { leakyReLU } from "../leakyReLU.js";
import { power } from "../power.js";
import { pReLU } from "../pReLU.js";
import { reduceMax } from "../reduceMax.js";
import { reduceMean } from "../reduceMean.js";
import { reduceSum } from "../reduceSum.js";
import { rescaling } from "../rescaling.js";
import { softmax } from "../softmax.js";
import { leakyRelu } from "./activations.js";
import { describe, type Entry, refuse } from "./entry.js";
import { plain } from "./types.js";

/** Layers that are a function of their numbers. */
export const CALCULATING: readonly Entry[] = [
  describe(leakyReLU, ({ alpha }) => ({ main: leakyRelu(alpha) })),
  describe(eLU, ({ alpha }) => ({ main: plain("ELU", { alpha }) })),
  describe(pReLU, ({ sharedAxes }, { weight }) => ({ main: plain("PReLU", { shared_axes: sharedAxes }, [weight("alpha")]) })),
  describe(softmax, ({ axis }) => ({ main: plain("Softmax", { axis }) })),
  describe(rescaling, ({ scale, offset }) => ({ main: plain("Rescaling", { scale, offset }) })),
  refuse(power, "raises to a power"),
  refuse(reduceMean, "takes the mean along axes"),
  refuse(reduceSum, "takes the sum along axes"),
  refuse(reduceMax, "takes the largest along axes"),
];
