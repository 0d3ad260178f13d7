import { sizesText } from "../../../base/words.js";
import { sum, withSizes } from "../../../interpret/sizes.js";
import { alongBoth } from "../../../interpret/steps.js";
import type { Size } from "../../../interpret/tensor.js";
import type { LayerArguments } from "./arguments.js";
import { step } from "./catalogue.js";
import { imageInput } from "./image.js";
import { type KerasLayer, layer, Misfit, REQUIRED } from "./layer.js";
import { onImage } from "./onImage.js";

function zeroPadding(className: string, rank: number): KerasLayer {
  return layer(className, { padding: 1, data_format: null }, (args, inputs) => {
    const image = imageInput(args, inputs, rank);
    const sides = args.sides("padding", rank);
    const output = image.spatial.map((size, axis) => sum([size, ...(sides[axis] ?? [])]));
    const [[top, bottom] = [0, 0], [left, right] = [0, 0]] = rank === 2 ? sides : [];
    const padding = [top ?? 0, bottom ?? 0, left ?? 0, right ?? 0] as const;
    const result = image.shape(output, image.channels);
    return {
      outputs: [result],
      reach: { kernel: [1, 1], strides: [1, 1], dilation: [1, 1], padding },
      catalogue: onImage(image, step("zeroPadding2d", { padding: alongBoth(sides, [0, 0]) }), result),
    };
  });
}

function cropping(className: string, rank: number): KerasLayer {
  return layer(className, { cropping: rank === 1 ? 1 : 0, data_format: null }, (args, inputs) => {
    const image = imageInput(args, inputs, rank);
    const sides = args.sides("cropping", rank);
    const output = image.spatial.map((size, axis) => withSizes([size, sum(sides[axis] ?? [])], (all, cut) => all - cut));
    if (output.some((size) => size !== undefined && size < 1)) {
      const message = `cropping leaves nothing of ${sizesText(image.spatial)}`;
      throw new Misfit({ code: "window-too-large", argument: "cropping", message, fixes: [] });
    }
    const result = image.shape(output, image.channels);
    return { outputs: [result], catalogue: onImage(image, step("cropping2d", { cropping: alongBoth(sides, [0, 0]) }), result) };
  });
}

function upSampling(className: string, rank: number): KerasLayer {
  return layer(className, { size: 2, data_format: null, interpolation: "nearest" }, (args, inputs) => {
    const image = imageInput(args, inputs, rank);
    const factors = args.sizes("size", rank);
    const output = image.spatial.map((size, axis) => withSizes([size, factors[axis]], (all, factor) => all * factor));
    const [rows = 1, columns = 1] = rank === 1 ? [factors[0]] : factors.slice(-2);
    const result = image.shape(output, image.channels);
    const settings = { size: alongBoth(factors, 1), interpolation: interpolation(args) };
    return {
      outputs: [result],
      reach: { kernel: [1, 1], strides: [1 / rows, 1 / columns], dilation: [1, 1], padding: [0, 0, 0, 0] },
      catalogue: onImage(image, step("upSampling2d", settings), result),
    };
  });
}

/** Ours has the two that networks use. */
function interpolation(args: LayerArguments): string | undefined {
  const name = args.word("interpolation");
  return name === "nearest" || name === "bilinear" ? name : undefined;
}

/** Resizing takes the nearest of pixel centres, which upsampling by whole numbers does anyway. */
function sampling(args: LayerArguments): string | undefined {
  const name = interpolation(args);
  return name === "nearest" ? "nearestExact" : name;
}

/** Layers that give images a height and a width of their own, for batches and for single images. */
function toSize(className: string, extra: Readonly<Record<string, null | string | boolean | number>>): KerasLayer {
  return layer(className, { height: REQUIRED, width: REQUIRED, ...extra }, (args, [input]) => {
    const size: Size[] = [args.count("height"), args.count("width")];
    if (!input) return { outputs: [undefined], reach: "global" };
    const first = args.word("data_format") === "channels_first";
    const before = input.slice(0, input.length - 3);
    const [a, , c] = input.slice(-3);
    const isPlain = className === "Resizing" && args.flag("crop_to_aspect_ratio") === false && !first && input.length === 4;
    const catalogue = isPlain ? step("resizing", { height: size[0], width: size[1], interpolation: sampling(args) }) : undefined;
    return { outputs: [first ? [...before, a, ...size] : [...before, ...size, c]], reach: "global", catalogue };
  });
}

export const RESIZINGS: readonly KerasLayer[] = [
  zeroPadding("ZeroPadding1D", 1),
  zeroPadding("ZeroPadding2D", 2),
  zeroPadding("ZeroPadding3D", 3),
  cropping("Cropping1D", 1),
  cropping("Cropping2D", 2),
  cropping("Cropping3D", 3),
  upSampling("UpSampling1D", 1),
  upSampling("UpSampling2D", 2),
  upSampling("UpSampling3D", 3),
  toSize("Resizing", { interpolation: "bilinear", crop_to_aspect_ratio: false, data_format: null }),
  toSize("CenterCrop", { data_format: null }),
  toSize("RandomCrop", { seed: null, data_format: null }),
];
