import { sizesText } from "../../../base/words.js";
import { isText, wholeOf } from "../../../interpret/julia/natives.js";
import { type Steps, step } from "../../../interpret/steps.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import { type LayerArguments, tupleSizes } from "../arguments.js";
import type { Leaf } from "../layer.js";
import { expectsRank, tupleText } from "../words.js";
import { catalogueWindow, inRows, onImage, reachOf, slid, windowFormulas, windowOf } from "./window.js";

/** MaxPool(k; pad = 0, stride = k) */
export function pool(type: "MaxPool" | "MeanPool", args: LayerArguments): Leaf {
  const size = tupleSizes(args.at(0)) ?? [];
  const stride = args.named("stride") ? args.sizes("stride", size.length, 1) : size;
  const window = windowOf(
    args,
    size,
    stride,
    size.map(() => 1),
  );
  const shown = `${type}(${tupleText(size)})`;
  return {
    kind: "leaf",
    type,
    parameters: [],
    infer([input]) {
      const rank = size.length + 2;
      if (size.length === 0 || !input) return { output: undefined, reach: reachOf(window) };
      if (input.length !== rank)
        return { output: undefined, problem: expectsRank(shown, rank, input, "put it before the image is flattened") };
      const spatial = size.map((_, at) => slid(input[at], window, at));
      const fits = spatial.every((length) => length === undefined || length >= 1);
      const message = `DimensionMismatch: the window of ${shown} does not fit an input of ${sizesText(input)}; use a smaller window or fewer pooling layers`;
      const { kernel, dilationRate: _, ...rest } = catalogueWindow(window) ?? {};
      const output = [...spatial.map((length) => (length !== undefined && length < 1 ? undefined : length)), ...input.slice(-2)];
      return {
        output,
        reach: reachOf(window),
        formulas: () => windowFormulas(input.slice(0, -2), spatial, window),
        catalogue: kernel && onImage(input, output, poolingSteps(type, { poolSize: kernel, ...rest })),
        problem: fits ? undefined : { code: "DimensionMismatch", message, fixes: [] },
      };
    },
  };
}

/** Zeros around the image count in Flux's means. */
function poolingSteps(type: "MaxPool" | "MeanPool", settings: Readonly<Record<string, unknown>>): Steps {
  return [type === "MaxPool" ? step("maxPooling2d", settings) : step("averagePooling2d", { ...settings, countPadding: true })];
}

/** AdaptiveMaxPool((w, h)): whatever the input, so large is the output. */
export function adaptivePool(type: "AdaptiveMaxPool" | "AdaptiveMeanPool", args: LayerArguments): Leaf {
  const size = tupleSizes(args.at(0)) ?? [];
  return resizing(type, size.length, () => size, type === "AdaptiveMaxPool");
}

/** GlobalMeanPool(): one number for each channel. */
export function globalPool(type: "GlobalMaxPool" | "GlobalMeanPool"): Leaf {
  const single = (input: TensorShape): Size[] => input.slice(0, -2).map(() => 1);
  return resizing(type, undefined, single, type === "GlobalMaxPool");
}

function resizing(type: string, rank: number | undefined, sizes: (input: TensorShape) => readonly Size[], isMax: boolean): Leaf {
  return {
    kind: "leaf",
    type,
    parameters: [],
    infer([input]) {
      if (!input || rank === 0) return { output: undefined };
      if (rank !== undefined && input.length !== rank + 2) {
        return { output: undefined, problem: expectsRank(type, rank + 2, input, "put it before the image is flattened") };
      }
      const spatial = sizes(input);
      const outputSize = inRows(spatial, 1);
      const output = [...spatial, ...input.slice(-2)];
      const isWhole = spatial.every((size) => size === 1);
      const [whole, parts] = isMax
        ? ["globalMaxPooling2d", "adaptiveMaxPooling2d"]
        : ["globalAveragePooling2d", "adaptiveAveragePooling2d"];
      const steps = [isWhole ? step(whole, { keepDims: true }) : step(parts, { outputSize })];
      return {
        output,
        reach: "global",
        catalogue: outputSize.includes(undefined) ? undefined : onImage(input, output, steps),
      };
    },
  };
}

/** PixelShuffle(r): every r*r channels become a square of r by r. */
export function pixelShuffle(args: LayerArguments): Leaf {
  const factor = wholeOf(args.at(0));
  return {
    kind: "leaf",
    type: "PixelShuffle",
    parameters: [],
    infer([input]) {
      if (!input || factor === undefined) return { output: undefined };
      const channels = input.at(-2);
      const square = factor ** (input.length - 2);
      const message = `expected the number of channels of ${sizesText(input)} to be divisible by ${square} = ${factor}^${input.length - 2}`;
      const fits = channels === undefined || channels % square === 0;
      return {
        output: [
          ...input.slice(0, -2).map((size) => size && size * factor),
          fits && channels !== undefined ? channels / square : undefined,
          input.at(-1),
        ],
        catalogue: fits && input.length === 4 ? [step("depthToSpace", { blockSize: factor, order: "CRD" })] : undefined,
        problem: fits ? undefined : { code: "ArgumentError", message: `ArgumentError: ${message}`, fixes: [] },
      };
    },
  };
}

/** Upsample(:bilinear; scale = (2, 2)), Upsample(2), Upsample(:nearest, size = (64, 64)) */
export function upsample(args: LayerArguments): Leaf {
  const scaleAt = [0, 1].find((at) => args.at(at)?.kind === "number" || tupleSizes(args.at(at)));
  const scale = args.named("scale") ?? (scaleAt === undefined ? undefined : args.at(scaleAt));
  const size = tupleSizes(args.named("size"));
  return {
    kind: "leaf",
    type: "Upsample",
    parameters: [],
    infer([input]) {
      if (!input) return { output: undefined };
      const factors = tupleSizes(scale) ?? input.slice(0, -2).map(() => wholeOf(scale));
      const spatial =
        size ??
        input
          .slice(0, -2)
          .map((length, at) => (length === undefined || factors[at] === undefined ? undefined : length * (factors[at] ?? 1)));
      const mode = args.at(0);
      const interpolation = isText(mode) ? mode.value : "nearest";
      return { output: [...spatial, ...input.slice(-2)], catalogue: upsampled(input, spatial, interpolation) };
    },
  };
}

/** By a whole factor, or to a size; trilinear ones are of volumes. Flux's bilinear one keeps the corners. */
function upsampled(input: TensorShape, spatial: readonly Size[], interpolation: string | undefined): Steps | undefined {
  const [height, width] = [...spatial].reverse();
  const size = [...spatial].map((length, at) => (length ?? 0) / (input[at] ?? 1)).reverse();
  if (input.length !== 4 || height === undefined || width === undefined) return undefined;
  if (interpolation === "nearest")
    return size.every((factor) => Number.isInteger(factor)) ? [step("upSampling2d", { size, interpolation })] : undefined;
  return interpolation === "bilinear" ? [step("resizing", { height, width, interpolation, alignCorners: true })] : undefined;
}
