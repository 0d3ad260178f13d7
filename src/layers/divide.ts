import { defineElementwiseMerge } from "./merge.js";

export const divide = defineElementwiseMerge({
  type: "divide",
  summary: "Divides the first input by the second, number by number. Sizes of 1 are repeated.",
  pairwise: true,
  combine: (builder, a, b) => builder.divide(a, b),
});
