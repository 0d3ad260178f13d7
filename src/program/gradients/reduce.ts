import type { GraphBuilder } from "../graphBuilder.js";
import { axisSize, elementCount } from "../shapes.js";
import { BATCH, type Value } from "../types.js";
import { keepAxes } from "./broadcasting.js";
import type { GradientRules } from "./rule.js";

/** How many numbers are reduced to one; the number of examples is a value. */
function reducedCount(b: GraphBuilder, x: Value, axes: readonly number[]): Value {
  const sizes = axes.map((axis) => axisSize(x.shape, axis));
  const fixed = b.scalar(elementCount(sizes));
  return sizes.includes(BATCH) ? b.multiply(fixed, b.batchSize(x)) : fixed;
}

export const reductions: GradientRules<"reduce"> = {
  reduce: ({ builder: b, operation: { fn, axes }, dy, y }, x) => {
    const kept = keepAxes(b, dy, x, axes);
    switch (fn) {
      case "sum":
        return [b.broadcastTo(kept, x.shape, x)];
      case "mean":
        return [b.broadcastTo(b.divide(kept, reducedCount(b, x, axes)), x.shape, x)];
      case "max": {
        const winners = b.binary("equal", x, keepAxes(b, y, x, axes));
        return [b.multiply(winners, b.divide(kept, b.reduce("sum", winners, axes, true)))];
      }
    }
  },
};
