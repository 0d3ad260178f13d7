import { affine, affineArguments, affineFormulas, affineParameters } from "./affine.js";
import { count, optional } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import { pointwise } from "./pointwise.js";
import { standardize } from "./standardize.js";
import { shapeText } from "./words.js";

/** Layer normalization (Ba, Kiros and Hinton, 2016). */
export const layerNormalization = defineLayer({
  type: "layerNormalization",
  summary: "Brings the numbers of each example along its last axes to mean 0 and variance 1, then scales (gamma) and shifts (beta) them.",
  arguments: {
    axes: optional(count("How many of the last axes are normalized together; 1 is the channels of each pixel."), 1),
    ...affineArguments,
  },

  infer(args, input) {
    if (args.axes > input.length) {
      const message = `axes ${args.axes} is more than the axes of ${shapeText(input)}; use 1 to ${input.length}`;
      const fixes = [{ title: `Set axes ${input.length}`, set: { axes: input.length } }];
      return { ok: false, error: { code: "wrong-axis", argument: "axes", message, fixes } };
    }
    const shape = input.slice(-args.axes);
    const parameters = affineParameters(args, shape);
    return {
      ok: true,
      value: {
        ...pointwise(input),
        parameters,
        reach: args.axes === 1 ? "pointwise" : "global",
        formulas: () => affineFormulas(parameters, shape.join("*")),
      },
    };
  },

  lower(args, x, _shape, context) {
    const rank = x.shape.length;
    const axes = Array.from({ length: args.axes }, (_, i) => rank - args.axes + i);
    return affine(args, standardize(context.builder, x, axes, args.epsilon), context);
  },
});
