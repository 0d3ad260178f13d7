import { defineElementwiseMerge } from "./merge.js";

export const minimum = defineElementwiseMerge({
  type: "minimum",
  summary: "The smallest of its inputs, number by number. Sizes of 1 are repeated.",
  combine: (builder, a, b) => builder.binary("minimum", a, b),
});
