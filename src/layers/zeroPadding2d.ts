import { optional } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import { asImage, isProblem } from "./image.js";
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
    const [height, width, channels] = image;
    const [top, bottom, left, right] = padding;
    const output = [height + top + bottom, width + left + right, channels];
    return {
      ok: true,
      value: {
        output,
        parameters: [],
        multiplyAdds: 0,
        reach: { kernel: [1, 1], strides: [1, 1], dilation: [1, 1], padding },
        formulas: () => [
          { label: "height", expression: `${height} + ${top} + ${bottom}`, value: String(output[0]) },
          { label: "width", expression: `${width} + ${left} + ${right}`, value: String(output[1]) },
        ],
        warnings: [],
      },
    };
  },

  lower: ({ padding }, x, _shape, { builder }) => builder.pad2d(x, padding),
});
