import { boolean, optional } from "./arguments.js";
import { asImage, isProblem } from "./image.js";
import type { Inferred, Shape } from "./kind.js";

/** Axes of an NHWC value that global pooling takes together. */
export const IMAGE_AXES: readonly number[] = [1, 2];

/** Arguments of globalMaxPooling2d and globalAveragePooling2d. */
export const globalPoolingArguments = {
  keepDims: optional(boolean("Keeps the result an image, of height and width 1."), false),
};

export function inferGlobalPooling(keepDims: boolean, input: Shape, what: string): Inferred {
  const image = asImage(input);
  if (isProblem(image)) return { ok: false, error: image };
  const [height, width, channels] = image;
  return {
    ok: true,
    value: {
      output: keepDims ? [1, 1, channels] : [channels],
      parameters: [],
      multiplyAdds: 0,
      reach: "global",
      formulas: () => [{ label: "each channel", expression: `${what} of ${height}*${width} numbers`, value: "1 number" }],
      warnings: [],
    },
  };
}
