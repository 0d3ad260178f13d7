import { alongBoth } from "../../../interpret/steps.js";
import type { CatalogueStep } from "../../../interpret/trace.js";
import { step } from "./catalogue.js";
import { type Image, imageInput } from "./image.js";
import { type KerasLayer, layer, type Signature } from "./layer.js";
import { catalogueWindow, onImage } from "./onImage.js";
import { slide, type Window, windowPadding } from "./window.js";

const POOLING: Signature = { pool_size: 2, strides: null, padding: "valid", data_format: null };

function pooling(className: string, rank: number, catalogue: string): KerasLayer {
  return layer(className, POOLING, (args, inputs) => {
    const image = imageInput(args, inputs, rank);
    const size = args.sizes("pool_size", rank);
    const strides = args.get("strides") === null ? size : args.sizes("strides", rank);
    const window: Window = { size, strides, dilation: size.map(() => 1), padding: windowPadding(args), sizeName: "pool_size" };
    const placed = slide(image, window);
    const { kernelSize: poolSize, dilationRate: _, ...where } = catalogueWindow(window);
    const output = image.shape(placed.output, image.channels);
    return {
      outputs: [output],
      reach: placed.reach,
      formulas: placed.formulas,
      catalogue: onImage(image, step(catalogue, { poolSize, ...where }), output),
    };
  });
}

/** Of sequences, an axis is left out as any other. */
function overSteps(type: "reduceMax" | "reduceMean", { channelsFirst }: Image, keepDims: boolean | undefined) {
  return step(type, { axes: [channelsFirst ? 1 : 0], keepDims });
}

const GLOBAL: Signature = { data_format: null, keepdims: false };

function globalPooling(className: string, rank: number, kind: "Max" | "Average"): KerasLayer {
  return layer(className, GLOBAL, (args, inputs) => {
    const image = imageInput(args, inputs, rank);
    const keeps = args.flag("keepdims");
    const ones = image.spatial.map(() => 1);
    const output = keeps === undefined ? undefined : keeps ? image.shape(ones, image.channels) : [image.batch, image.channels];
    return {
      outputs: [output],
      reach: "global",
      catalogue: globally(kind, image, keeps),
    };
  });
}

function globally(kind: "Max" | "Average", image: Image, keepDims: boolean | undefined): readonly CatalogueStep[] | undefined {
  if (image.spatial.length === 1) return overSteps(kind === "Max" ? "reduceMax" : "reduceMean", image, keepDims);
  if (image.spatial.length !== 2) return undefined;
  const type = `global${kind}Pooling2d`;
  if (keepDims) return onImage(image, step(type, { keepDims }));
  const [first] = onImage(image, []) ?? [];
  const steps = keepDims === false ? step(type, {}) : undefined;
  return first && steps ? [first, ...steps] : steps;
}

const ADAPTIVE: Signature = { output_size: 1, data_format: null };

function adaptivePooling(className: string, rank: number, type: string): KerasLayer {
  return layer(className, ADAPTIVE, (args, inputs) => {
    const image = imageInput(args, inputs, rank);
    const outputSize = args.sizes("output_size", rank);
    const output = image.shape(outputSize, image.channels);
    const catalogue = onImage(image, step(type, { outputSize: alongBoth(outputSize, 1) }), output);
    return { outputs: [output], reach: "global", catalogue };
  });
}

export const POOLINGS: readonly KerasLayer[] = [
  ...[1, 2, 3].flatMap((rank) => [
    pooling(`MaxPooling${rank}D`, rank, "maxPooling2d"),
    pooling(`AveragePooling${rank}D`, rank, "averagePooling2d"),
    globalPooling(`GlobalMaxPooling${rank}D`, rank, "Max"),
    globalPooling(`GlobalAveragePooling${rank}D`, rank, "Average"),
    adaptivePooling(`AdaptiveAveragePooling${rank}D`, rank, "adaptiveAveragePooling2d"),
    adaptivePooling(`AdaptiveMaxPooling${rank}D`, rank, "adaptiveMaxPooling2d"),
  ]),
];
