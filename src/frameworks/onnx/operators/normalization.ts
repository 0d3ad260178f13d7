import { fact, make, type Rule, refuse, written } from "../call.js";

/** The further outputs, of old operator sets and of training, are one number a channel. */
const batchNormalization: Rule = (call) => {
  const { shape, dtype } = call.input(0);
  const channels = call.input(1).shape?.[0];
  if (shape && channels !== undefined && shape[1] !== undefined && shape[1] !== channels)
    return refuse(`has ${channels} scales for an input of ${written(shape)}`);
  return make(fact(shape, dtype), ...call.node.outputs.slice(1).map(() => fact([shape?.[1]], dtype)));
};

/** Layer normalization's mean and deviation keep the axes that are not normalized. */
const layerNormalization: Rule = (call) => {
  const { shape, dtype } = call.input(0);
  const axis = call.number("axis", -1);
  const first = shape && (axis < 0 ? axis + shape.length : axis);
  const statistics = shape?.map((size, i) => (first !== undefined && i >= first ? 1 : size));
  return make(fact(shape, dtype), ...call.node.outputs.slice(1).map(() => fact(statistics, dtype)));
};

/** Added inputs, normalized; the last output is their sum. */
const skipNormalization: Rule = (call) => {
  const { shape, dtype } = call.input(0);
  return make(...call.node.outputs.map((_, i) => fact(i === 0 || i === 3 ? shape : undefined, dtype)));
};

export const NORMALIZATIONS: Readonly<Record<string, Rule>> = {
  BatchNormalization: batchNormalization,
  SpatialBN: batchNormalization,
  LayerNormalization: layerNormalization,
  SimplifiedLayerNormalization: layerNormalization,
  RMSNormalization: layerNormalization,
  SkipLayerNormalization: skipNormalization,
  SkipSimplifiedLayerNormalization: skipNormalization,
};
