import { ACTIVATIONS } from "./activations.js";
import { ATTENTIONS } from "./attention.js";
import { CONVOLUTIONS } from "./convolution.js";
import { DENSE_LAYERS } from "./dense.js";
import { FUNCTIONAL } from "./functional.js";
import type { KerasLayer } from "./layer.js";
import { MERGES } from "./merging.js";
import { NORMALIZATIONS } from "./normalization.js";
import { POOLINGS } from "./pooling.js";
import { PREPROCESSINGS } from "./preprocessing.js";
import { RECURRENTS } from "./recurrent.js";
import { REGULARIZATIONS } from "./regularization.js";
import { RESHAPINGS } from "./reshaping.js";
import { RESIDUAL_SCALINGS } from "./residualScaling.js";
import { RESIZINGS } from "./resizing.js";
import { SEPARABLE_CONVOLUTIONS } from "./separable.js";
import { wrappers } from "./wrappers.js";

/** Every class of Keras layers that is known. Python source, TensorFlow.js source and saved configs all go by it. */
export const KERAS_LAYERS: readonly KerasLayer[] = [
  ...FUNCTIONAL,
  ...CONVOLUTIONS,
  ...SEPARABLE_CONVOLUTIONS,
  ...POOLINGS,
  ...NORMALIZATIONS,
  ...DENSE_LAYERS,
  ...ACTIVATIONS,
  ...REGULARIZATIONS,
  ...RESHAPINGS,
  ...RESIZINGS,
  ...RESIDUAL_SCALINGS,
  ...MERGES,
  ...RECURRENTS,
  ...ATTENTIONS,
  ...PREPROCESSINGS,
  ...wrappers((className) => kerasLayer(className)),
];

/** Other names of the same classes: Keras' own short forms, its first version's, those of old configs. */
const ALIASES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [1, 2, 3].flatMap((rank) => [
      [`Convolution${rank}D`, `Conv${rank}D`],
      [`Convolution${rank}DTranspose`, `Conv${rank}DTranspose`],
      [`SeparableConvolution${rank}D`, `SeparableConv${rank}D`],
      [`DepthwiseConvolution${rank}D`, `DepthwiseConv${rank}D`],
      [`MaxPool${rank}D`, `MaxPooling${rank}D`],
      [`AvgPool${rank}D`, `AveragePooling${rank}D`],
      [`GlobalMaxPool${rank}D`, `GlobalMaxPooling${rank}D`],
      [`GlobalAvgPool${rank}D`, `GlobalAveragePooling${rank}D`],
    ]),
  ),
  Deconvolution2D: "Conv2DTranspose",
  Deconvolution3D: "Conv3DTranspose",
  AtrousConvolution2D: "Conv2D",
  BatchNormalizationV1: "BatchNormalization",
  BatchNormalizationV2: "BatchNormalization",
  SyncBatchNormalization: "BatchNormalization",
  Input: "InputLayer",
};

const byName: ReadonlyMap<string, KerasLayer> = new Map(KERAS_LAYERS.map((row) => [row.className, row]));

/** The layer of a class name, whichever version of Keras it is from. */
export function kerasLayer(className: string): KerasLayer | undefined {
  return byName.get(className) ?? byName.get(ALIASES[className] ?? "");
}
