import { defineElementwiseMerge } from "./merge.js";

export const add = defineElementwiseMerge({
  type: "add",
  summary: "Adds inputs number by number: the shortcut of residual networks (He et al., 2015). Sizes of 1 are repeated.",
  combine: (builder, a, b) => builder.add(a, b),
});
