import { optional } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import { asImage, isProblem } from "./image.js";
import { interpolationArguments } from "./interpolation.js";
import { resample, resampledImage } from "./resample.js";
import { pair } from "./windowArguments.js";

export const upSampling2d = defineLayer({
  type: "upSampling2d",
  summary: "A larger image, without weights: pixels are repeated or interpolated.",
  arguments: { size: optional(pair("How many times as many rows and columns."), 2), ...interpolationArguments },

  infer(args, input) {
    const image = asImage(input);
    if (isProblem(image)) return { ok: false, error: image };
    const [height, width] = image;
    const [vertical, horizontal] = args.size;
    const shape = resampledImage(image, [height * vertical, width * horizontal], args);
    const formulas = () => [
      { label: "height", expression: `${height}*${vertical}`, value: String(height * vertical) },
      { label: "width", expression: `${width}*${horizontal}`, value: String(width * horizontal) },
    ];
    return { ok: true, value: { ...shape, formulas } };
  },

  lower: (args, x, { output: [height = 1, width = 1] }, { builder }) => resample(builder, x, [height, width], args),
});
