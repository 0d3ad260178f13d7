import { BATCH } from "../program/types.js";
import { count, number, optional, withExamples } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import { asImage, imageOf, isProblem } from "./image.js";
import { pointwise } from "./pointwise.js";

/** Local response normalization (Krizhevsky, Sutskever and Hinton, 2012), by PyTorch's and ONNX' formula, which divides alpha by size. */
export const localResponseNormalization = defineLayer({
  type: "localResponseNormalization",
  summary: "Divides each number by (k + alpha*mean of the squares of its neighbor channels)^beta: loud channels quiet those beside them.",
  arguments: {
    size: withExamples(count("Neighbor channels that are averaged; of an even number, one more before than behind."), 5),
    alpha: optional(number("Factor of the mean of squares."), 0.0001),
    beta: optional(number("Power of the divisor."), 0.75),
    k: optional(number("Added to the mean, so that nothing is divided by zero.", { above: 0 }), 1),
  },

  infer(_args, input) {
    const image = asImage(input);
    return isProblem(image) ? { ok: false, error: image } : { ok: true, value: pointwise(input) };
  },

  // The mean over channels is average pooling of a picture of one channel that has a row for each pixel.
  lower({ size, alpha, beta, k }, x, { output }, { builder }) {
    const [height, width, channels] = imageOf(x);
    const squares = builder.reshape(builder.unary("square", x), [BATCH, height * width, channels, 1]);
    const padding = [0, 0, Math.floor(size / 2), Math.floor((size - 1) / 2)] as const;
    const mean = builder.averagePool2d(squares, { size: [1, size], strides: [1, 1], padding, countPadding: true });
    const divisor = builder.add(builder.multiply(builder.reshape(mean, [BATCH, ...output]), builder.scalar(alpha)), builder.scalar(k));
    const logarithm = builder.unary("log", divisor);
    return builder.multiply(x, builder.unary("exp", builder.multiply(logarithm, builder.scalar(-beta))));
  },
});
