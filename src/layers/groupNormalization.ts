import { elementCount } from "../program/shapes.js";
import { BATCH } from "../program/types.js";
import { affine, affineArguments, affineFormulas, affineParameters } from "./affine.js";
import { count, withExamples } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import { commonDivisor } from "./groups.js";
import { pointwise } from "./pointwise.js";
import { standardize } from "./standardize.js";

/** Group normalization (Wu and He, 2018); a group for each channel is instance normalization, one for all is PyTorch's GroupNorm(1, ...). */
export const groupNormalization = defineLayer({
  type: "groupNormalization",
  summary: "Brings the numbers of each example, a group of channels at a time, to mean 0 and variance 1, then scales and shifts them.",
  arguments: {
    groups: withExamples(count("Parts that the channels are split into; as many as channels is instance normalization."), 8, 32),
    ...affineArguments,
  },

  infer(args, input) {
    const channels = input.at(-1) ?? 1;
    if (channels % args.groups !== 0) {
      const fit = commonDivisor(channels, args.groups);
      const message = `groups ${args.groups} does not divide ${channels} channels; use a divisor, such as ${fit}`;
      const fixes = [{ title: `Set groups ${fit}`, set: { groups: fit } }];
      return { ok: false, error: { code: "groups-do-not-divide", argument: "groups", message, fixes } };
    }
    const parameters = affineParameters(args, [channels]);
    return {
      ok: true,
      value: {
        ...pointwise(input),
        parameters,
        reach: "global",
        formulas: () => affineFormulas(parameters, `${channels}`),
      },
    };
  },

  lower(args, x, { output }, context) {
    const { builder } = context;
    const channels = output.at(-1) ?? 1;
    const places = elementCount(output) / channels;
    const apart = builder.reshape(x, [BATCH, places, args.groups, channels / args.groups]);
    return affine(args, builder.reshape(standardize(builder, apart, [1, 3], args.epsilon), [BATCH, ...output]), context);
  },
});
