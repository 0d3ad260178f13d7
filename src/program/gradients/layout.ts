import type { GraphBuilder } from "../graphBuilder.js";
import { axisSize, withAxis } from "../shapes.js";
import type { Value } from "../types.js";
import { sumToShape } from "./broadcasting.js";
import type { GradientRules } from "./rule.js";

/** Zeros beside a slice's gradient; none where the slice touches the end. */
const zerosBeside = (b: GraphBuilder, dy: Value, axis: number, size: number): readonly Value[] =>
  size === 0 ? [] : [b.broadcastTo(b.scalar(0), withAxis(dy.shape, axis, size), dy)];

export const layout: GradientRules<"broadcastTo" | "reshape" | "transpose" | "pad2d" | "crop2d" | "concat" | "slice"> = {
  broadcastTo: ({ builder, dy }, x) => [sumToShape(builder, dy, x.shape)],
  reshape: ({ builder, dy }, x) => [builder.reshape(dy, x.shape)],
  transpose: ({ builder, operation, dy }) => [
    builder.transpose(
      dy,
      operation.permutation.map((_, axis) => operation.permutation.indexOf(axis)),
    ),
  ],
  pad2d: ({ builder, operation, dy }) => [builder.crop2d(dy, operation.padding)],
  crop2d: ({ builder, operation, dy }) => [builder.pad2d(dy, operation.padding)],
  concat: ({ builder, operation: { axis }, dy }, ...inputs) => {
    let start = 0;
    return inputs.map(({ shape }) => {
      const size = axisSize(shape, axis);
      start += size;
      return builder.slice(dy, axis, start - size, size);
    });
  },
  slice: ({ builder, operation: { axis, start, size }, dy }, x) => {
    const after = axisSize(x.shape, axis) - start - size;
    return [builder.concat([...zerosBeside(builder, dy, axis, start), dy, ...zerosBeside(builder, dy, axis, after)], axis)];
  },
};
