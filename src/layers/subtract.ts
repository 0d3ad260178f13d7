import { defineElementwiseMerge } from "./merge.js";

export const subtract = defineElementwiseMerge({
  type: "subtract",
  summary: "Takes the second input from the first, number by number. Sizes of 1 are repeated.",
  pairwise: true,
  combine: (builder, a, b) => builder.subtract(a, b),
});
