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
  describe(eLU, ({ alpha }) =>
    alpha === 1
      ? { main: plain("ELU", { alpha }) }
      : { refused: `has alpha ${alpha}, but TensorFlow.js layers computes 1 only; use alpha 1` },
  ),
  describe(pReLU, ({ sharedAxes }, { weight }) => ({ main: plain("PReLU", { shared_axes: sharedAxes }, [weight("alpha")]) })),
  describe(softmax, ({ axis }, { inputs: [input = []] }) =>
    axis === -1 || axis === input.length
      ? { main: plain("Softmax", { axis: -1 }) }
      : { refused: `has axis ${axis}, but TensorFlow.js layers takes the last axis only; put a permute before and after it` },
  ),
  describe(rescaling, ({ scale, offset }) =>
    typeof scale === "number" && typeof offset === "number"
      ? { main: plain("Rescaling", { scale, offset }) }
      : { refused: "rescales each channel by numbers of its own" },
  ),
  refuse(power, "raises to a power"),
  refuse(reduceMean, "takes the mean along axes"),
  refuse(reduceSum, "takes the sum along axes"),
  refuse(reduceMax, "takes the largest along axes"),
];
