import { defineLayer } from "./defineLayer.js";
import { globalPoolingArguments, IMAGE_AXES, inferGlobalPooling } from "./globalPooling2d.js";

export const globalAveragePooling2d = defineLayer({
  type: "globalAveragePooling2d",
  summary: "The average of each channel: an image becomes a vector with one number a channel (Lin et al., 2013).",
  arguments: globalPoolingArguments,
  infer: ({ keepDims }, input) => inferGlobalPooling(keepDims, input, "average"),
  lower: ({ keepDims }, x, _shape, { builder }) => builder.reduce("mean", x, IMAGE_AXES, keepDims),
});
