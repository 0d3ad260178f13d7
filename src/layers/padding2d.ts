import type { Builder } from "../program/builder.js";
import { axisSize, withAxis } from "../program/shapes.js";
import type { Pair, Value } from "../program/types.js";
import { choice, number, optional } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import { asImage, type ImageShape, isProblem } from "./image.js";
import { paddedImage } from "./paddedImage.js";
import { explicitPadding } from "./windowArguments.js";
import { paddingText, pairText } from "./words.js";

const MODES = {
  reflect: "mirrors the image at its outermost rows and columns, which are not repeated",
  replicate: "repeats the outermost rows and columns",
  constant: "one number everywhere",
};
type Repeating = Exclude<keyof typeof MODES, "constant">;

export const padding2d = defineLayer({
  type: "padding2d",
  summary: "Adds rows and columns around the image: mirrored, repeated, or of one number.",
  arguments: {
    padding: explicitPadding("How many: a number, [height, width] or [[top, bottom], [left, right]]."),
    mode: optional(choice("What they hold.", MODES), "reflect"),
    value: optional(number("The number of mode constant."), 0),
  },

  infer({ padding, mode }, input) {
    const image = asImage(input);
    if (isProblem(image)) return { ok: false, error: image };
    const most = mode === "reflect" ? mostMirrored(image) : undefined;
    const [top, bottom, left, right] = padding;
    if (most && (Math.max(top, bottom) > most[0] || Math.max(left, right) > most[1])) {
      const message = `padding ${paddingText(padding)} mirrors more of ${image[0]}x${image[1]} than there is; use padding up to ${pairText(most)}, or mode replicate`;
      const fixes = [{ title: "Use mode replicate", set: { mode: "replicate" } }];
      return { ok: false, error: { code: "padding-too-large", argument: "padding", message, fixes } };
    }
    return { ok: true, value: paddedImage(image, padding) };
  },

  lower({ padding, mode, value }, x, _shape, { builder }) {
    if (mode === "constant") return builder.pad2d(x, padding, value);
    const [top, bottom, left, right] = padding;
    return repeatEdges(builder, repeatEdges(builder, x, 1, [top, bottom], mode), 2, [left, right], mode);
  },
});

const mostMirrored = ([height, width]: ImageShape): Pair => [height - 1, width - 1];

function repeatEdges(b: Builder, x: Value, axis: number, [before, after]: Pair, mode: Repeating): Value {
  const last = axisSize(x.shape, axis) - 1;
  return b.concat([...edge(b, x, axis, 0, before, mode).reverse(), x, ...edge(b, x, axis, last, after, mode)], axis);
}

/** What lies beyond an image's first or last row (or column), the nearest first. */
function edge(b: Builder, x: Value, axis: number, outermost: number, count: number, mode: Repeating): Value[] {
  if (count === 0) return [];
  if (mode === "replicate") return [b.broadcastTo(b.slice(x, axis, outermost, 1), withAxis(x.shape, axis, count), x)];
  return Array.from({ length: count }, (_, i) => b.slice(x, axis, outermost === 0 ? i + 1 : outermost - i - 1, 1));
}
