import { asImage, isProblem } from "./image.js";
import type { Inferred, Shape } from "./kind.js";

/** Axes of an NHWC value that global pooling takes together. */
export const IMAGE_AXES: readonly number[] = [1, 2];

export function inferGlobalPooling(input: Shape, what: string): Inferred {
  const image = asImage(input);
  if (isProblem(image)) return { ok: false, error: image };
  const [height, width, channels] = image;
  return {
    ok: true,
    value: {
      output: [channels],
      parameters: [],
      multiplyAdds: 0,
      reach: "global",
      formulas: () => [{ label: "each channel", expression: `${what} of ${height}*${width} numbers`, value: "1 number" }],
      warnings: [],
    },
  };
}
