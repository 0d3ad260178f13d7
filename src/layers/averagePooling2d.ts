import type { Padding } from "../program/types.js";
import { boolean, optional } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import { inferPooling, loweredPool, poolingArguments } from "./pooling2d.js";

/** What a sum is divided by: the number of real pixels under the window, as TensorFlow does, or of those of the padded image. */
export const averagePooling2d = defineLayer({
  type: "averagePooling2d",
  summary: "The average of the numbers under each window, channel by channel.",
  arguments: {
    ...poolingArguments,
    countPadding: optional(
      boolean("Padding counts as zeros that are averaged with the rest, as PyTorch does unless told otherwise; else it does not count."),
      false,
    ),
  },
  infer: inferPooling,

  lower(args, x, _shape, { builder }) {
    const window = loweredPool(args, x);
    if (!args.countPadding) return builder.averagePool2d(x, { ...window, countPadding: false });
    // What a last window reaches beyond the padding never counts, so padding that does is put on before.
    const around = loweredPool({ ...args, ceilMode: false }, x).padding;
    const beyond: Padding = [0, window.padding[1] - around[1], 0, window.padding[3] - around[3]];
    if (Math.max(...beyond) === 0) return builder.averagePool2d(x, { ...window, countPadding: true });
    return builder.averagePool2d(builder.pad2d(x, around), { ...window, padding: beyond, countPadding: false });
  },
});
