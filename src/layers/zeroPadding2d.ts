import { optional } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import { asImage, isProblem } from "./image.js";
import { paddedImage } from "./paddedImage.js";
import { explicitPadding } from "./windowArguments.js";

export const zeroPadding2d = defineLayer({
  type: "zeroPadding2d",
  summary: "Adds rows and columns of zeros around the image.",
  arguments: {
    padding: optional(explicitPadding("How many: a number, [height, width] or [[top, bottom], [left, right]]."), 1),
  },

  infer({ padding }, input) {
    const image = asImage(input);
    if (isProblem(image)) return { ok: false, error: image };
    return { ok: true, value: paddedImage(image, padding) };
  },

  lower: ({ padding }, x, _shape, { builder }) => builder.pad2d(x, padding),
});
