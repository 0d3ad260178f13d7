import { optional } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import { dilatedMaximum } from "./dilatedMaximum.js";
import { inferPooling, isDilated, loweredPool, poolingArguments, poolingWindow } from "./pooling2d.js";
import { pair } from "./windowArguments.js";

export const maxPooling2d = defineLayer({
  type: "maxPooling2d",
  summary: "Keeps the largest number under each window, channel by channel: a smaller image that still says whether something is there.",
  arguments: {
    ...poolingArguments,
    dilationRate: optional(pair("Distance between the window's entries; 2 leaves every second row and column out."), 1),
  },
  infer: inferPooling,
  lower: (args, x, _shape, { builder }) => {
    const window = poolingWindow(args);
    return isDilated(window) ? dilatedMaximum(builder, x, window) : builder.maxPool2d(x, loweredPool(args, x));
  },
});
