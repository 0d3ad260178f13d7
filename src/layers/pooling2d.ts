import type { Pair, Value, Window } from "../program/types.js";
import { maybe, optional } from "./arguments.js";
import { asImage, type ImageShape, imageOf, isProblem } from "./image.js";
import type { Inferred, LayerProblem } from "./kind.js";
import { type PlacedWindow, placeWindow, type WindowArguments, windowFormulas, windowProblem } from "./window.js";
import { pair, windowPadding } from "./windowArguments.js";
import { compactPair, paddingText, pairText, shapeText } from "./words.js";

/** Arguments of maxPooling2d and averagePooling2d. */
export const poolingArguments = {
  poolSize: optional(pair("Height and width of the windows."), 2),
  strides: maybe(pair("Rows and columns from one window to the next; poolSize where left out.")),
  padding: optional(
    windowPadding("Around the image: same, valid (none), a number, [height, width] or [[top, bottom], [left, right]]."),
    "valid",
  ),
};

interface PoolingArguments {
  readonly poolSize: Pair;
  readonly strides: Pair | undefined;
  readonly padding: WindowArguments["padding"];
}

function windowOf(args: PoolingArguments): WindowArguments {
  return { size: args.poolSize, strides: args.strides ?? args.poolSize, dilation: [1, 1], padding: args.padding };
}

/** The window to lower, for the image at hand. */
export function loweredPool(args: PoolingArguments, x: Value): Window {
  const window = windowOf(args);
  return { size: window.size, strides: window.strides, padding: placeWindow(imageOf(x), window).padding };
}

export function inferPooling(args: PoolingArguments, input: readonly number[]): Inferred {
  const image = asImage(input);
  if (isProblem(image)) return { ok: false, error: image };
  const window = windowOf(args);
  const placed = placeWindow(image, window);
  const problem = windowProblem("poolSize", image, window, placed) ?? emptyWindow(window, placed);
  if (problem) return { ok: false, error: problem };
  return {
    ok: true,
    value: {
      output: [...placed.output, image[2]],
      parameters: [],
      multiplyAdds: 0,
      reach: { kernel: window.size, strides: window.strides, dilation: [1, 1], padding: placed.padding },
      formulas: () => windowFormulas(image, window, placed),
      warnings: unread(image, window, placed),
    },
  };
}

/** A window that saw nothing but padding would have no maximum and no average. */
function emptyWindow({ size, padding }: WindowArguments, placed: PlacedWindow): LayerProblem | undefined {
  const [top, bottom, left, right] = placed.padding;
  if (Math.max(top, bottom) < size[0] && Math.max(left, right) < size[1]) return undefined;
  const fit = Math.min(size[0], size[1]) - 1;
  return {
    code: "padding-too-large",
    argument: "padding",
    message: `padding ${paddingText(padding)} leaves windows of poolSize ${pairText(size)} without a pixel; use padding up to ${fit} or same`,
    fixes: [
      { title: "Use padding same", set: { padding: "same" } },
      { title: `Set padding ${fit}`, set: { padding: fit } },
    ],
  };
}

/** Rows and columns at the end that no window reaches. */
function unread(image: ImageShape, window: WindowArguments, placed: PlacedWindow): LayerProblem[] {
  const [top, , left] = placed.padding;
  const unreached = (axis: 0 | 1, before: number) =>
    Math.max(0, image[axis] + before - (placed.output[axis] - 1) * window.strides[axis] - window.size[axis]);
  const rows = unreached(0, top);
  const columns = unreached(1, left);
  if (rows + columns === 0) return [];
  const some = (count: number, thing: string) => (count === 0 ? [] : [`${count} ${thing}${count === 1 ? "" : "s"}`]);
  const what = [...some(rows, "row"), ...some(columns, "column")].join(" and ");
  const skips = window.strides[0] > window.size[0] || window.strides[1] > window.size[1];
  const fit: Pair = [window.size[0] + rows, window.size[1] + columns];
  return [
    {
      code: "unread-pixels",
      message: `strides ${pairText(window.strides)} leave ${what} of ${shapeText(image.slice(0, 2))} unread; poolSize ${pairText(fit)} reads them all`,
      fixes: [
        { title: `Set poolSize ${pairText(fit)}`, set: { poolSize: compactPair(fit), strides: compactPair(window.strides) } },
        ...(skips ? [] : [{ title: "Use padding same", set: { padding: "same" } }]),
      ],
    },
  ];
}
