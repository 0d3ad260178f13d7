import { activation } from "./activationLayer.js";
import { adaptiveAveragePooling2d } from "./adaptiveAveragePooling2d.js";
import { adaptiveMaxPooling2d } from "./adaptiveMaxPooling2d.js";
import { add } from "./add.js";
import { average } from "./average.js";
import { averagePooling2d } from "./averagePooling2d.js";
import { batchNormalization } from "./batchNormalization.js";
import { bias } from "./bias.js";
import { channelPadding } from "./channelPadding.js";
import { concatenate } from "./concatenate.js";
import { conv2d } from "./conv2d.js";
import { conv2dTranspose } from "./conv2dTranspose.js";
import { cropping2d } from "./cropping2d.js";
import { dense } from "./dense.js";
import { depthToSpace } from "./depthToSpace.js";
import { depthwiseConv2d } from "./depthwiseConv2d.js";
import { divide } from "./divide.js";
import { dropout } from "./dropout.js";
import { eLU } from "./eLU.js";
import { flatten } from "./flatten.js";
import { gaussianNoise } from "./gaussianNoise.js";
import { globalAveragePooling2d } from "./globalAveragePooling2d.js";
import { globalMaxPooling2d } from "./globalMaxPooling2d.js";
import { groupNormalization } from "./groupNormalization.js";
import type { LayerKind } from "./kind.js";
import { layerNormalization } from "./layerNormalization.js";
import { leakyReLU } from "./leakyReLU.js";
import { localResponseNormalization } from "./localResponseNormalization.js";
import { maximum } from "./maximum.js";
import { maxPooling2d } from "./maxPooling2d.js";
import { minimum } from "./minimum.js";
import { multiply } from "./multiply.js";
import { padding2d } from "./padding2d.js";
import { permute } from "./permute.js";
import { power } from "./power.js";
import { pReLU } from "./pReLU.js";
import { reduceMax } from "./reduceMax.js";
import { reduceMean } from "./reduceMean.js";
import { reduceSum } from "./reduceSum.js";
import { rescaling } from "./rescaling.js";
import { reshape } from "./reshape.js";
import { resizing } from "./resizing.js";
import { scaling } from "./scaling.js";
import { separableConv2d } from "./separableConv2d.js";
import { slice } from "./slice.js";
import { softmax } from "./softmax.js";
import { spaceToDepth } from "./spaceToDepth.js";
import { spatialDropout2d } from "./spatialDropout2d.js";
import { subtract } from "./subtract.js";
import { upSampling2d } from "./upSampling2d.js";
import { zeroPadding2d } from "./zeroPadding2d.js";

/** Every kind of layer, in the order people look for them. The only list: readers, schema, completion and compilation go by it. */
export const LAYERS: readonly LayerKind[] = [
  conv2d,
  conv2dTranspose,
  depthwiseConv2d,
  separableConv2d,
  maxPooling2d,
  averagePooling2d,
  adaptiveMaxPooling2d,
  adaptiveAveragePooling2d,
  globalMaxPooling2d,
  globalAveragePooling2d,
  zeroPadding2d,
  padding2d,
  cropping2d,
  upSampling2d,
  resizing,
  batchNormalization,
  layerNormalization,
  groupNormalization,
  localResponseNormalization,
  dropout,
  spatialDropout2d,
  gaussianNoise,
  flatten,
  dense,
  bias,
  scaling,
  activation,
  leakyReLU,
  eLU,
  pReLU,
  softmax,
  add,
  multiply,
  average,
  maximum,
  minimum,
  subtract,
  divide,
  concatenate,
  reshape,
  permute,
  slice,
  channelPadding,
  spaceToDepth,
  depthToSpace,
  reduceMean,
  reduceSum,
  reduceMax,
  rescaling,
  power,
];

const byType: ReadonlyMap<string, LayerKind> = new Map(LAYERS.map((kind) => [kind.type, kind]));

/** The kind of layer of this type, spelled as in TensorFlow.js layers. */
export function layerKind(type: string): LayerKind | undefined {
  return byType.get(type);
}
