import { pointwise } from "./activations.js";
import { numberText } from "./arguments.js";
import { step } from "./catalogue.js";
import { imageInput } from "./image.js";
import { type KerasLayer, layer, Misfit, REQUIRED, type Signature } from "./layer.js";
import { onImage } from "./onImage.js";

const DROPOUT: Signature = { rate: REQUIRED, noise_shape: null, seed: null };

/** Keras 3 takes a rate of 1 (everything is dropped); ours does not. */
const dropout = layer("Dropout", DROPOUT, (args, [input]) => {
  const rate = args.number("rate");
  if (rate !== undefined && !(rate >= 0 && rate <= 1)) {
    const message = `rate is ${numberText(rate)}, but has to be from 0 to 1`;
    throw new Misfit({ code: "wrong-argument", argument: "rate", message, fixes: [] });
  }
  const catalogue = args.get("noise_shape") === null && rate !== 1 ? step("dropout", { rate }) : undefined;
  return { outputs: [input], catalogue };
});

/** Drops whole channels. */
function spatialDropout(className: string, rank: number, data: Signature): KerasLayer {
  return layer(className, { rate: REQUIRED, ...data, seed: null }, (args, inputs) => {
    const catalogue = onImage(imageInput(args, inputs, rank), step("spatialDropout2d", { rate: args.number("rate") }));
    return { outputs: [inputs[0]], catalogue };
  });
}

export const REGULARIZATIONS: readonly KerasLayer[] = [
  dropout,
  spatialDropout("SpatialDropout1D", 1, {}),
  spatialDropout("SpatialDropout2D", 2, { data_format: null }),
  pointwise("SpatialDropout3D", { rate: REQUIRED, data_format: null, seed: null }),
  pointwise("GaussianDropout", { rate: REQUIRED, seed: null }),
  pointwise("AlphaDropout", { rate: REQUIRED, noise_shape: null, seed: null }),
  pointwise("GaussianNoise", { stddev: REQUIRED, seed: null }, (args) => step("gaussianNoise", { deviation: args.number("stddev") })),
  pointwise("ActivityRegularization", { l1: 0, l2: 0 }, (args) => (args.number("l1") || args.number("l2") ? undefined : [])),
  pointwise("Masking", { mask_value: 0 }),
  pointwise("Identity", {}, () => []),
];
