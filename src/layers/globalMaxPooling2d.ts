import { defineLayer } from "./defineLayer.js";
import { globalPoolingArguments, IMAGE_AXES, inferGlobalPooling } from "./globalPooling2d.js";

export const globalMaxPooling2d = defineLayer({
  type: "globalMaxPooling2d",
  summary: "The largest number of each channel, wherever it is: an image becomes a vector with one number a channel.",
  arguments: globalPoolingArguments,
  infer: ({ keepDims }, input) => inferGlobalPooling(keepDims, input, "largest"),
  lower: ({ keepDims }, x, _shape, { builder }) => builder.reduce("max", x, IMAGE_AXES, keepDims),
});
