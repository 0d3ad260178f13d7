import { defineLayer } from "./defineLayer.js";
import { inferPooling, loweredPool, poolingArguments } from "./pooling2d.js";

export const maxPooling2d = defineLayer({
  type: "maxPooling2d",
  summary: "Keeps the largest number under each window, channel by channel: a smaller image that still says whether something is there.",
  arguments: poolingArguments,
  infer: inferPooling,
  lower: (args, x, _shape, { builder }) => builder.maxPool2d(x, loweredPool(args, x)),
});
