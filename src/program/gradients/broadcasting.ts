import type { GraphBuilder } from "../graphBuilder.js";
import { broadcastAxes, reducedShape, sameShape } from "../shapes.js";
import type { Dimension, Value } from "../types.js";

/** Undoes broadcasting: sums a gradient over the axes along which a tensor of this shape was repeated. */
export function sumToShape(builder: GraphBuilder, gradient: Value, shape: readonly Dimension[]): Value {
  if (sameShape(gradient.shape, shape)) return gradient;
  return builder.reshape(builder.reduce("sum", gradient, broadcastAxes(shape, gradient.shape), false), shape);
}

/** Gives what was reduced over axes of x its reduced axes back, with size 1. */
export const keepAxes = (builder: GraphBuilder, reduced: Value, x: Value, axes: readonly number[]): Value =>
  builder.reshape(reduced, reducedShape(x.shape, axes, true));
