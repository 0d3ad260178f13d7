import { product, sum, withSizes } from "../../../interpret/sizes.js";
import { type Steps, step } from "../../../interpret/steps.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import { answer, problem, type Rule } from "../core/answer.js";
import type { Args } from "../core/args.js";
import { axisOf, crossed, printed } from "../core/sizes.js";

type PaddingMode = "constant" | "reflect" | "replicate" | "circular";

/** F.pad: pairs of (before, after) from the last axis on. */
export const pad: Rule = (args) => padded(args, args.numbers("pad"), args.text("mode") ?? "constant");

/** nn.ZeroPad2d and its kin: one number for every side, or the pairs of F.pad. */
export function paddingLayer(count: number, mode: PaddingMode): Rule {
  return (args) => {
    const given = args.numbers("padding");
    const sides = given?.length === 1 ? Array<Size>(2 * count).fill(given[0]) : given;
    return padded(args, sides, mode);
  };
}

function padded(args: Args, sides: readonly Size[] | undefined, mode: string): ReturnType<Rule> {
  const input = args.shape("input");
  if (!input || !sides) return answer(input?.map(() => undefined));
  const output = input.map((size, axis) => {
    const pair = 2 * (input.length - 1 - axis);
    return pair < sides.length ? sum([size, sides[pair], sides[pair + 1]]) : size;
  });
  const [left = 0, right = 0, top = 0, bottom = 0] = sides;
  return answer(output, {
    reach: { kernel: [1, 1], strides: [1, 1], dilation: [1, 1], padding: [top, bottom, left, right] },
    catalogue: paddingSteps(input, sides, mode, args.isNone("value") ? 0 : args.number("value")),
    problem: mode === "reflect" ? tooFar(input, sides) : undefined,
  });
}

/** Sides below zero are cut off first; channels are padded by zeros alone. */
function paddingSteps(input: TensorShape, sides: readonly Size[], mode: string, value: Size): Steps | undefined {
  const known = sides.filter((side) => side !== undefined);
  if (input.length !== 4 || known.length < sides.length || value === undefined || mode === "circular") return undefined;
  const [left = 0, right = 0, top = 0, bottom = 0, before = 0, after = 0, ...batch] = known;
  const isZeros = mode === "constant" && value === 0;
  const hasChannels = before !== 0 || after !== 0;
  if (batch.some((side) => side !== 0) || (hasChannels && !isZeros) || Math.min(before, after) < 0) return undefined;
  const places = [
    [top, bottom],
    [left, right],
  ];
  const cropping = places.map((pair) => pair.map((side) => Math.max(0, -side)));
  const padding = places.map((pair) => pair.map((side) => Math.max(0, side)));
  const some = (sizes: readonly (readonly number[])[]) => sizes.flat().some((size) => size > 0);
  const around = isZeros ? step("zeroPadding2d", { padding }) : step("padding2d", { padding, mode, ...(mode === "constant" && { value }) });
  return [
    ...(some(cropping) ? [step("cropping2d", { cropping })] : []),
    ...(some(padding) ? [around] : []),
    ...(hasChannels ? [step("channelPadding", { before, after })] : []),
  ];
}

function tooFar(input: TensorShape, sides: readonly Size[]) {
  const dim = input.findIndex((size, axis) => {
    const pair = 2 * (input.length - 1 - axis);
    return size !== undefined && Math.max(sides[pair] ?? 0, sides[pair + 1] ?? 0) >= size;
  });
  if (dim < 0) return undefined;
  const pair = 2 * (input.length - 1 - dim);
  const given = `(${sides[pair]}, ${sides[pair + 1]}) at dimension ${dim} of input ${printed(input)}`;
  return problem(
    "padding-too-large",
    `Argument #4: Padding size should be less than the corresponding input dimension, but got: padding ${given}`,
    {
      argument: "padding",
    },
  );
}

/** F.interpolate and nn.Upsample: to `size`, or `scale_factor` times larger. */
export const interpolate: Rule = (args) => {
  const input = args.shape("input");
  if (!input) return answer(undefined, { reach: "global" });
  const count = Math.max(0, input.length - 2);
  const spatial = input.slice(2);
  const bySize = !args.isNone("size");
  const factors = args.sizes("scale_factor", count);
  const sizes = bySize ? args.sizes("size", count) : spatial.map((size, i) => withSizes([size, factors[i]], (n, f) => Math.floor(n * f)));
  const unchanged = sizes.every((size, i) => size !== undefined && size === spatial[i]);
  return answer([...input.slice(0, 2), ...sizes], {
    reach: "pointwise",
    catalogue: unchanged ? [] : resizing(args, spatial, sizes, bySize ? undefined : factors),
    formulas: () =>
      bySize || sizes[0] === undefined
        ? []
        : [{ label: count === 1 ? "length" : "height", expression: `floor(${spatial[0]}*${factors[0]})`, value: String(sizes[0]) }],
  });
};

const INTERPOLATIONS: Readonly<Record<string, string>> = { nearest: "nearest", "nearest-exact": "nearestExact", bilinear: "bilinear" };

/** The catalogue's layers work by sizes; factors that are not the sizes' own proportion place the pixels otherwise. */
function resizing(args: Args, from: readonly Size[], to: readonly Size[], factors: readonly Size[] | undefined): Steps | undefined {
  const interpolation = INTERPOLATIONS[args.text("mode") ?? ""];
  const [height, width] = to;
  if (from.length !== 2 || height === undefined || width === undefined) return undefined;
  if (interpolation === undefined) return undefined;
  const scale = to.map((size, i) => withSizes([size, from[i]], (all, old) => all / old));
  const alignCorners = args.flag("align_corners");
  const isProportional = factors === undefined || alignCorners || scale.every((factor, i) => factor === factors[i]);
  if (!isProportional) return undefined;
  const aligned = interpolation === "bilinear" ? { interpolation, alignCorners } : { interpolation };
  if (scale.every((factor) => Number.isInteger(factor))) return [step("upSampling2d", { size: scale, ...aligned })];
  return [step("resizing", { height, width, ...aligned })];
}

/** (N, C*r^2, H, W) to (N, C, H*r, W*r). */
export const pixelShuffle: Rule = (args) => {
  const input = args.shape("input");
  const factor = args.number("upscale_factor");
  const channels = input?.at(-3);
  const wrong = channels !== undefined && factor !== undefined && channels % factor ** 2 !== 0;
  const message = `pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor, but input.size(-3)=${channels} is not divisible by ${(factor ?? 0) ** 2}`;
  return answer(
    input && [
      ...input.slice(0, -3),
      withSizes([channels, factor], (c, r) => Math.floor(c / r ** 2)),
      ...input.slice(-2).map((size) => withSizes([size, factor], (n, r) => n * r)),
    ],
    wrong ? { problem: problem("wrong-channels", message) } : { catalogue: rearranged("depthToSpace", input, factor) },
  );
};

function rearranged(type: string, input: TensorShape | undefined, blockSize: Size): Steps | undefined {
  return input?.length === 4 && blockSize !== undefined ? [step(type, { blockSize, order: "CRD" })] : undefined;
}

/** (N, C, H*r, W*r) to (N, C*r^2, H, W). */
export const pixelUnshuffle: Rule = (args) => {
  const input = args.shape("input");
  const factor = args.number("downscale_factor");
  return answer(
    input && [
      ...input.slice(0, -3),
      withSizes([input.at(-3), factor], (c, r) => c * r ** 2),
      ...input.slice(-2).map((size) => withSizes([size, factor], (n, r) => Math.floor(n / r))),
    ],
    { catalogue: rearranged("spaceToDepth", input, factor) },
  );
};

/** Sliding blocks as columns: (N, C, *) to (N, C*prod(kernel), L). */
export const unfold: Rule = (args) => {
  const input = args.shape("input");
  if (!input) return answer(undefined);
  const spatial = input.slice(2);
  const kernel = args.sizes("kernel_size", spatial.length);
  return answer([input[0], product([input[1], ...kernel]), product(blocks(args, spatial))], { reach: "global" });
};

/** How many blocks there are along each axis. */
function blocks(args: Args, spatial: readonly Size[]): Size[] {
  const [kernel, stride, padding, dilation] = ["kernel_size", "stride", "padding", "dilation"].map((name) =>
    args.sizes(name, spatial.length),
  );
  return spatial.map((size, i) =>
    withSizes(
      [size, kernel?.[i], stride?.[i], padding?.[i], dilation?.[i]],
      (n, k, s, p, d) => Math.floor((n + 2 * p - d * (k - 1) - 1) / s) + 1,
    ),
  );
}

/** The reverse of unfold: (N, C*prod(kernel), L) to (N, C, *output_size). */
export const fold: Rule = (args) => {
  const input = args.shape("input");
  const output = args.sizes("output_size", 2);
  const area = product(args.sizes("kernel_size", 2));
  const expected = product(blocks(args, output));
  const columns = input?.at(-1);
  const wrong = expected !== undefined && columns !== undefined && expected !== columns;
  const message = `Given output_size=(${crossed(output, ", ")}), expected input's size to match the calculated number of sliding blocks ${expected}, but got input.size(-1)=${columns}`;
  return answer(input && [...input.slice(0, -2), withSizes([input.at(-2), area], (all, each) => Math.floor(all / each)), ...output], {
    reach: "global",
    ...(wrong && { problem: problem("wrong-shape", message) }),
  });
};

/** grid_sample: the sizes of the grid, the channels of the input. */
export const gridSample: Rule = (args) => {
  const [input, grid] = [args.shape("input"), args.shape("grid")];
  return answer(input && grid && [...input.slice(0, 2), ...grid.slice(1, -1)], { reach: "global" });
};

/** affine_grid: a position for each output pixel. */
export const affineGrid: Rule = (args) => {
  const size = args.numbers("size");
  return answer(size && [size[0], ...size.slice(2), size.length - 2], { reach: "global" });
};

/** glu: half along an axis. */
export const glu: Rule = (args) => {
  const input = args.shape("input");
  const axis = axisOf(args.number("dim"), input?.length ?? 0);
  return answer(input?.map((size, i) => (i === axis ? withSizes([size], (n) => Math.floor(n / 2)) : size)));
};
