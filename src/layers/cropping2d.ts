import { optional } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import { asImage, isProblem } from "./image.js";
import { pointwise } from "./pointwise.js";
import { explicitPadding } from "./windowArguments.js";
import { paddingText, shapeText } from "./words.js";

export const cropping2d = defineLayer({
  type: "cropping2d",
  summary: "Takes rows and columns off the image's sides.",
  arguments: {
    cropping: optional(explicitPadding("How many: a number, [height, width] or [[top, bottom], [left, right]]."), 0),
  },

  infer({ cropping }, input) {
    const image = asImage(input);
    if (isProblem(image)) return { ok: false, error: image };
    const [height, width, channels] = image;
    const [top, bottom, left, right] = cropping;
    const output = [height - top - bottom, width - left - right, channels];
    if (Math.min(...output) < 1) {
      const message = `cropping ${paddingText(cropping)} leaves nothing of ${shapeText(input)}; take off fewer rows and columns`;
      const fixes = [{ title: "Set cropping 0", set: { cropping: 0 } }];
      return { ok: false, error: { code: "nothing-left", argument: "cropping", message, fixes } };
    }
    return {
      ok: true,
      value: {
        ...pointwise(output),
        reach: { kernel: [1, 1], strides: [1, 1], dilation: [1, 1], padding: [-top, -bottom, -left, -right] },
        formulas: () => [
          { label: "height", expression: `${height} - ${top} - ${bottom}`, value: String(output[0]) },
          { label: "width", expression: `${width} - ${left} - ${right}`, value: String(output[1]) },
        ],
      },
    };
  },

  lower: ({ cropping }, x, _shape, { builder }) => builder.crop2d(x, cropping),
});
