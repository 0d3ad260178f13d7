import { defineElementwiseMerge } from "./merge.js";

export const maximum = defineElementwiseMerge({
  type: "maximum",
  summary: "The largest of its inputs, number by number. Sizes of 1 are repeated.",
  combine: (builder, a, b) => builder.binary("maximum", a, b),
});
