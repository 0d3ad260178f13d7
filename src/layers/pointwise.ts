import type { LayerShape, Shape } from "./kind.js";

/** What a layer yields that changes numbers one by one and has no weights. */
export function pointwise(output: Shape): LayerShape {
  return { output, parameters: [], multiplyAdds: 0, reach: "pointwise", formulas: () => [], warnings: [] };
}
