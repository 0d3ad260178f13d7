import { defineElementwiseMerge } from "./merge.js";

export const average = defineElementwiseMerge({
  type: "average",
  summary: "The mean of its inputs, number by number. Sizes of 1 are repeated.",
  combine: (builder, a, b) => builder.add(a, b),
  finish: (builder, sum, inputs) => builder.multiply(sum, builder.scalar(1 / inputs)),
});
