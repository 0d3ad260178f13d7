import { add } from "../add.js";
import { average } from "../average.js";
import { concatenate } from "../concatenate.js";
import { divide } from "../divide.js";
import { maximum } from "../maximum.js";
import { minimum } from "../minimum.js";
import { multiply } from "../multiply.js";
import { subtract } from "../subtract.js";
import { describe, type Entry, refuse } from "./entry.js";
import { plain } from "./types.js";

/** Layers that join others. */
export const MERGING: readonly Entry[] = [
  describe(add, () => ({ main: plain("Add") })),
  describe(multiply, () => ({ main: plain("Multiply") })),
  describe(average, () => ({ main: plain("Average") })),
  describe(maximum, () => ({ main: plain("Maximum") })),
  describe(minimum, () => ({ main: plain("Minimum") })),
  refuse(subtract, "subtracts its inputs"),
  refuse(divide, "divides its inputs"),
  describe(concatenate, ({ axis }) => ({ main: plain("Concatenate", { axis }) })),
];
