import { defineElementwiseMerge } from "./merge.js";

export const multiply = defineElementwiseMerge({
  type: "multiply",
  summary: "Multiplies inputs number by number, as gates and squeeze-and-excitation do. Sizes of 1 are repeated.",
  combine: (builder, a, b) => builder.multiply(a, b),
});
