import type { Pair, Value, Window } from "../program/types.js";
import { type ArgumentsOf, boolean, maybe, optional } from "./arguments.js";
import { asImage, type ImageShape, imageOf, isProblem } from "./image.js";
import type { Inferred, LayerProblem } from "./kind.js";
import { type PlacedWindow, placeWindow, span, type WindowArguments, windowFormulas, windowProblem } from "./window.js";
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
  ceilMode: optional(boolean("A last window may reach beyond the image, so that no row or column is left unread, as in PyTorch."), false),
};

interface PoolingArguments extends ArgumentsOf<typeof poolingArguments> {
  readonly dilationRate?: Pair;
}

/** The window of a pooling layer, as its arguments say it. */
export function poolingWindow({ poolSize, strides, padding, ceilMode, dilationRate }: PoolingArguments): WindowArguments {
  return { size: poolSize, strides: strides ?? poolSize, dilation: dilationRate ?? [1, 1], padding, ceil: ceilMode };
}

/** The window to lower, for the image at hand. */
export function loweredPool(args: PoolingArguments, x: Value): Window {
  const window = poolingWindow(args);
  return { size: window.size, strides: window.strides, padding: placeWindow(imageOf(x), window).padding };
}

export function inferPooling(args: PoolingArguments, input: readonly number[]): Inferred {
  const image = asImage(input);
  if (isProblem(image)) return { ok: false, error: image };
  const window = poolingWindow(args);
  const placed = placeWindow(image, window);
  const problem = windowProblem("poolSize", image, window, placed) ?? emptyWindow(window, placed);
  if (problem) return { ok: false, error: problem };
  return {
    ok: true,
    value: {
      output: [...placed.output, image[2]],
      parameters: [],
      multiplyAdds: 0,
      reach: { kernel: window.size, strides: window.strides, dilation: window.dilation, padding: placed.padding },
      formulas: () => windowFormulas(image, window, placed),
      warnings: unread(image, window, placed),
    },
  };
}

/** A window that saw nothing but padding would have no maximum and no average. */
function emptyWindow({ size, dilation, padding }: WindowArguments, placed: PlacedWindow): LayerProblem | undefined {
  const [top, bottom, left, right] = placed.padding;
  const [height, width] = [span(size[0], dilation[0]), span(size[1], dilation[1])];
  if (Math.max(top, bottom) < height && Math.max(left, right) < width) return undefined;
  const fit = Math.min(height, width) - 1;
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

/** Whether windows have gaps. */
export function isDilated({ dilation }: Pick<WindowArguments, "dilation">): boolean {
  return Math.max(...dilation) > 1;
}

/** Rows and columns at the end that no window reaches; windows with gaps are meant to leave some out. */
function unread(image: ImageShape, window: WindowArguments, placed: PlacedWindow): LayerProblem[] {
  if (isDilated(window)) return [];
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
