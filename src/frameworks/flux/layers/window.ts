import { onColumn } from "../../../interpret/channelsFirst.js";
import { wholeOf } from "../../../interpret/julia/natives.js";
import { isSequence, itemsOf } from "../../../interpret/julia/operators.js";
import { positive, withSizes } from "../../../interpret/sizes.js";
import { alongBoth, type Steps } from "../../../interpret/steps.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import type { Value } from "../../../interpret/values.js";
import type { Formula, Reach } from "../../../layers/kind.js";
import type { LayerArguments } from "../arguments.js";

/** A window that slides over an image, one entry for each spatial axis. */
export interface Window {
  readonly size: readonly Size[];
  readonly stride: readonly Size[];
  readonly dilation: readonly Size[];
  readonly pad: readonly (readonly [Size, Size])[];
}

/** The class of SamePad(), which stands for the padding that keeps sizes at stride 1. */
export const SAME_PAD = "SamePad";

export function windowOf(
  args: LayerArguments,
  size: readonly Size[],
  stride: readonly Size[],
  dilation: readonly Size[],
  transposed = false,
): Window {
  const window = { size: size.map(positive), stride: stride.map(positive), dilation: dilation.map(positive) };
  const same = window.size.map((length, at) =>
    withSizes(
      [length, window.dilation[at], transposed ? window.stride[at] : 1],
      (kernel, gap, step) => (kernel - 1 - (transposed ? step - 1 : 0)) * gap,
    ),
  );
  return { ...window, pad: padding(args.named("pad"), args.args.incomplete, same) };
}

/** pad = 1, (1, 1), (left, right, top, bottom), SamePad(): of an odd number the larger half is before. */
function padding(value: Value | undefined, incomplete: boolean, same: readonly Size[]): (readonly [Size, Size])[] {
  if (!value) return same.map(() => (incomplete ? [undefined, undefined] : [0, 0]));
  if (value.kind === "instance" && value.class.name === SAME_PAD) {
    return same.map((total) => [withSizes([total], (all) => Math.ceil(all / 2)), withSizes([total], (all) => Math.floor(all / 2))]);
  }
  if (!isSequence(value)) return same.map(() => [wholeOf(value), wholeOf(value)]);
  const sizes = itemsOf(value).map(wholeOf);
  return same.map((_, at) => (sizes.length >= 2 * same.length ? [sizes[2 * at], sizes[2 * at + 1]] : [sizes[at], sizes[at]]));
}

/** How long an axis becomes; below 1 where the window does not fit. */
export function slid(input: Size, { size, stride, dilation, pad }: Window, at: number): Size {
  const [before, after] = pad[at] ?? [undefined, undefined];
  return withSizes(
    [input, size[at], stride[at], dilation[at], before, after],
    (length, kernel, step, gap, left, right) => Math.floor((length + left + right - (kernel - 1) * gap - 1) / step) + 1,
  );
}

/** The arithmetic of the output's sizes, once where width and height agree. */
export function windowFormulas(input: readonly Size[], output: readonly Size[], { size, stride, dilation, pad }: Window): Formula[] {
  const lines = input.map((length, at) => {
    const [before, after] = pad[at] ?? [0, 0];
    const [kernel, gap, step] = [size[at], dilation[at], stride[at]].map(told);
    const reach = gap === "1" ? kernel : `(${gap}*(${kernel} - 1) + 1)`;
    const padded = [length, before, after].map(told).join(" + ");
    return { expression: `floor((${padded} - ${reach})/${step}) + 1`, value: told(output[at]) };
  });
  const [first, ...others] = lines;
  if (first && others.every(({ expression }) => expression === first.expression)) return [{ label: "width, height", ...first }];
  return lines.map((line, at) => ({ label: AXES[at] ?? `axis ${at + 1}`, ...line }));
}

function told(size: Size): string {
  return `${size ?? "?"}`;
}

const AXES = ["width", "height", "depth"];

/** Rows first, as receptive fields have it: Flux's images are width by height. */
export function reachOf({ size, stride, dilation, pad }: Window): Reach {
  if (size.length !== 2) return "pointwise";
  const pair = (sizes: readonly Size[]) => [sizes[1] ?? 1, sizes[0] ?? 1] as const;
  const [[left = 0, right = 0], [top = 0, bottom = 0]] = [pad[0] ?? [0, 0], pad[1] ?? [0, 0]];
  return { kernel: pair(size), strides: pair(stride), dilation: pair(dilation), padding: [top, bottom, left, right] };
}

/**
 * Numbers of both axes in the catalogue's order, height first, a sequence being an image of one column; undefined where one is unknown or there
 * are other axes.
 */
export function catalogueWindow({ size, stride, dilation, pad }: Window) {
  const turned = (sizes: readonly Size[]) =>
    (sizes.length === 1 || sizes.length === 2) && sizes.every((each) => each !== undefined) ? inRows(sizes, 1) : undefined;
  const sides = pad.flat();
  const kernel = turned(size);
  const strides = turned(stride);
  const dilationRate = turned(dilation);
  if (!kernel || !strides || !dilationRate || sides.some((each) => each === undefined || each < 0)) return undefined;
  return { kernel, strides, dilationRate, padding: inRows<readonly [Size, Size]>(pad, [0, 0]) };
}

/** Flux's axes with the rows first; `column` is that of a sequence. */
export const inRows = <T>(sizes: readonly T[], column: T): readonly T[] => alongBoth([...sizes].reverse(), column);

/** Steps for images done to images, and to sequences as images of one column; undefined for what has other axes. Shapes as Flux has them. */
export function onImage(input: TensorShape, output: TensorShape, steps: Steps | undefined): Steps | undefined {
  return input.length === 3 ? onColumn([...input].reverse(), [...output].reverse(), steps) : input.length === 4 ? steps : undefined;
}
