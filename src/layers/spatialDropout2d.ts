import { defineLayer } from "./defineLayer.js";
import { dropOut, rateArgument } from "./dropout.js";
import { asImage, isProblem } from "./image.js";
import { pointwise } from "./pointwise.js";

/** Dropout of whole channels (Tompson et al., 2015): PyTorch's Dropout2d. */
export const spatialDropout2d = defineLayer({
  type: "spatialDropout2d",
  summary: "While training, sets a random share of the channels to zero, each as a whole, as neighbor pixels are alike.",
  arguments: rateArgument,

  infer(_args, input) {
    const image = asImage(input);
    return isProblem(image) ? { ok: false, error: image } : { ok: true, value: pointwise(input) };
  },

  lower({ rate }, x, _shape, context) {
    const { builder } = context;
    return dropOut(rate, x, () => builder.slice(builder.slice(x, 1, 0, 1), 2, 0, 1), context);
  },
});
