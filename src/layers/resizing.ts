import { count } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import { asImage, isProblem } from "./image.js";
import { interpolationArguments } from "./interpolation.js";
import { resample, resampledImage } from "./resample.js";

export const resizing = defineLayer({
  type: "resizing",
  summary: "Brings the image to a height and width, without weights. Nothing is smoothed where it becomes smaller.",
  arguments: { height: count("Rows of the result."), width: count("Columns of the result."), ...interpolationArguments },

  infer(args, input) {
    const image = asImage(input);
    if (isProblem(image)) return { ok: false, error: image };
    return { ok: true, value: resampledImage(image, [args.height, args.width], args) };
  },

  lower: (args, x, _shape, { builder }) => resample(builder, x, [args.height, args.width], args),
});
