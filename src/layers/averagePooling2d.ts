import { defineLayer } from "./defineLayer.js";
import { inferPooling, loweredPool, poolingArguments } from "./pooling2d.js";

/** Padding does not count: the sum is divided by the number of real pixels under the window, as TensorFlow does. */
export const averagePooling2d = defineLayer({
  type: "averagePooling2d",
  summary: "The average of the numbers under each window, channel by channel.",
  arguments: poolingArguments,
  infer: inferPooling,
  lower: (args, x, _shape, { builder }) => builder.averagePool2d(x, { ...loweredPool(args, x), countPadding: false }),
});
