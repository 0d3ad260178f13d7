import { thousands } from "../base/words.js";
import { elementCount } from "../program/shapes.js";
import { negativePart } from "./activationMath.js";
import { type Argument, isCount, optional } from "./arguments.js";
import { LARGEST_RANK } from "./axes.js";
import { defineLayer } from "./defineLayer.js";
import { initializer, withFans } from "./initializer.js";
import { pointwise } from "./pointwise.js";
import { regularizer } from "./regularizer.js";
import { trainableArgument, weight } from "./weights.js";
import { shapeText } from "./words.js";

const sharedAxes: Argument<readonly number[]> = {
  doc: "Axes along which all numbers have one slope, as Keras counts them: [1, 2] is a slope for each channel, [1, 2, 3] one for all.",
  schema: { type: "array", items: { type: "integer", minimum: 1, maximum: LARGEST_RANK }, uniqueItems: true, examples: [[1, 2]] },
  read(json) {
    const axes: readonly unknown[] | undefined = Array.isArray(json) ? json : undefined;
    const value = axes?.filter((axis) => isCount(axis, 1) && axis <= LARGEST_RANK);
    const right = value !== undefined && value.length === axes?.length;
    return right ? { ok: true, value: value as number[] } : { ok: false, error: "a list of axes from 1, such as [1, 2]" };
  },
};

/** Parametric ReLU (He et al., 2015). */
export const pReLU = defineLayer({
  type: "pReLU",
  summary: "x above 0, alpha*x below, with slopes alpha that are learned.",
  arguments: {
    sharedAxes: optional(sharedAxes, []),
    alphaInitializer: optional(initializer("How the slopes start; PyTorch's start at 0.25."), "zeros"),
    alphaRegularizer: regularizer("Penalty on the slopes, added to the loss."),
    ...trainableArgument,
  },

  infer(args, input) {
    const beyond = args.sharedAxes.find((axis) => axis > input.length);
    if (beyond !== undefined) {
      const message = `sharedAxes names axis ${beyond}, but the input ${shapeText(input)} has ${input.length}; use axes from 1 to ${input.length}`;
      const fixes = [{ title: "Leave sharedAxes empty", set: { sharedAxes: [] } }];
      return { ok: false, error: { code: "wrong-axis", argument: "sharedAxes", message, fixes } };
    }
    const shape = input.map((size, axis) => (args.sharedAxes.includes(axis + 1) ? 1 : size));
    const size = elementCount(shape);
    return {
      ok: true,
      value: {
        ...pointwise(input),
        parameters: [weight("alpha", shape, withFans(args.alphaInitializer, size, size), args, args.alphaRegularizer)],
        formulas: () => [{ label: "parameters", expression: shape.join("*"), value: thousands(size) }],
      },
    };
  },

  lower: (_args, x, _shape, { builder, parameter }) =>
    builder.add(builder.unary("relu", x), builder.multiply(parameter("alpha"), negativePart(builder, x))),
});
