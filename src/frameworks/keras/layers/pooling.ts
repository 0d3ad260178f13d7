import type { CatalogueStep } from "../../../interpret/trace.js";
import { onImage, step } from "./catalogue.js";
import { type Image, imageInput } from "./image.js";
import { type KerasLayer, layer, type Signature } from "./layer.js";
import { slide, type Window, windowPadding } from "./window.js";

const POOLING: Signature = { pool_size: 2, strides: null, padding: "valid", data_format: null };

function pooling(className: string, rank: number, catalogue?: string): KerasLayer {
  return layer(className, POOLING, (args, inputs) => {
    const image = imageInput(args, inputs, rank);
    const size = args.sizes("pool_size", rank);
    const strides = args.get("strides") === null ? size : args.sizes("strides", rank);
    const window: Window = { size, strides, dilation: size.map(() => 1), padding: windowPadding(args), sizeName: "pool_size" };
    const placed = slide(image, window);
    const { padding } = window;
    return {
      outputs: [image.shape(placed.output, image.channels)],
      reach: placed.reach,
      formulas: placed.formulas,
      catalogue: catalogue ? onImage(image, step(catalogue, { poolSize: size, strides, padding })) : undefined,
    };
  });
}

const GLOBAL: Signature = { data_format: null, keepdims: false };

function globalPooling(className: string, rank: number, catalogue?: string): KerasLayer {
  return layer(className, GLOBAL, (args, inputs) => {
    const image = imageInput(args, inputs, rank);
    const keeps = args.flag("keepdims");
    const ones = image.spatial.map(() => 1);
    const output = keeps === undefined ? undefined : keeps ? image.shape(ones, image.channels) : [image.batch, image.channels];
    return {
      outputs: [output],
      reach: "global",
      catalogue: catalogue ? globally(catalogue, image, keeps) : undefined,
    };
  });
}

function globally(type: string, image: Image, keepDims: boolean | undefined): readonly CatalogueStep[] | undefined {
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
    const catalogue = rank === 2 ? onImage(image, step(type, { outputSize })) : undefined;
    return { outputs: [image.shape(outputSize, image.channels)], reach: "global", catalogue };
  });
}

export const POOLINGS: readonly KerasLayer[] = [
  pooling("MaxPooling1D", 1),
  pooling("MaxPooling2D", 2, "maxPooling2d"),
  pooling("MaxPooling3D", 3),
  pooling("AveragePooling1D", 1),
  pooling("AveragePooling2D", 2, "averagePooling2d"),
  pooling("AveragePooling3D", 3),
  globalPooling("GlobalMaxPooling1D", 1),
  globalPooling("GlobalMaxPooling2D", 2, "globalMaxPooling2d"),
  globalPooling("GlobalMaxPooling3D", 3),
  globalPooling("GlobalAveragePooling1D", 1),
  globalPooling("GlobalAveragePooling2D", 2, "globalAveragePooling2d"),
  globalPooling("GlobalAveragePooling3D", 3),
  ...[1, 2, 3].flatMap((rank) => [
    adaptivePooling(`AdaptiveAveragePooling${rank}D`, rank, "adaptiveAveragePooling2d"),
    adaptivePooling(`AdaptiveMaxPooling${rank}D`, rank, "adaptiveMaxPooling2d"),
  ]),
];
