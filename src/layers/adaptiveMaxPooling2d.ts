import type { Value } from "../program/types.js";
import { adaptiveArguments, evenWindow, inferAdaptive, stretches } from "./adaptivePooling2d.js";
import { defineLayer } from "./defineLayer.js";
import { imageOf } from "./image.js";

export const adaptiveMaxPooling2d = defineLayer({
  type: "adaptiveMaxPooling2d",
  summary: "Keeps the largest numbers, channel by channel, in an image of a given size, whatever the size of the input.",
  arguments: adaptiveArguments,
  infer: inferAdaptive,

  lower({ outputSize }, x, _shape, { builder }) {
    const even = evenWindow(x, outputSize);
    if (even) return builder.maxPool2d(x, { ...even, padding: [0, 0, 0, 0] });
    const [height, width] = imageOf(x);
    const largest = (image: Value, axis: number, inputs: number, outputs: number): Value => {
      const parts = stretches(inputs, outputs).map(({ start, size }) =>
        builder.reduce("max", builder.slice(image, axis, start, size), [axis], true),
      );
      return builder.concat(parts, axis);
    };
    return largest(largest(x, 1, height, outputSize[0]), 2, width, outputSize[1]);
  },
});
