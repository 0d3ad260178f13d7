import { thousands } from "../base/words.js";
import type { Builder } from "../program/builder.js";
import { elementCount } from "../program/shapes.js";
import type { Value } from "../program/types.js";
import { affineArguments, affineParameters } from "./affine.js";
import { boolean, choice, number, optional } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import type { Parameter } from "./kind.js";
import { pointwise } from "./pointwise.js";

/** Batch normalization (Ioffe and Szegedy, 2015) over all axes but the last. */
export const batchNormalization = defineLayer({
  type: "batchNormalization",
  summary:
    "Brings each channel to mean 0 and variance 1 over the batch, then scales (gamma) and shifts (beta) it; training gets steadier and faster.",
  arguments: {
    momentum: optional(number("How slowly the moving mean and variance follow the batches'.", { least: 0, most: 1 }), 0.99),
    ...affineArguments,
    variance: optional(
      choice("Which variance the moving one follows.", {
        biased: "divided by the count, as TensorFlow.js layers and Keras 3 do",
        unbiased: "divided by the count less one, as PyTorch does",
      }),
      "biased",
    ),
    inference: optional(boolean("Normalizes by the moving mean and variance while training too, and leaves them as they are."), false),
  },

  infer(args, input) {
    const channels = input.at(-1) ?? 1;
    const shape = [channels];
    const statistic = (name: string, kind: "zeros" | "ones"): Parameter => ({ name, shape, trainable: false, initializer: { kind } });
    const parameters = [...affineParameters(args, shape), statistic("moving_mean", "zeros"), statistic("moving_variance", "ones")];
    return {
      ok: true,
      value: {
        ...pointwise(input),
        parameters,
        formulas: () => [
          { label: "parameters", expression: `${parameters.length}*${channels}`, value: thousands(parameters.length * channels) },
        ],
      },
    };
  },

  lower(args, x, shape, { builder, parameter, training, updateStatistic }) {
    const channels = shape.output.at(-1) ?? 1;
    const gamma = args.scale ? parameter("gamma") : builder.constant([1], [channels]);
    const beta = args.center ? parameter("beta") : builder.constant([0], [channels]);
    const movingMean = parameter("moving_mean");
    const movingVariance = parameter("moving_variance");
    if (!training || args.inference) return builder.batchNormInference(x, gamma, beta, movingMean, movingVariance, args.epsilon);

    const [y, mean, biased] = builder.batchNormTraining(x, gamma, beta, args.epsilon);
    const variance = args.variance === "biased" ? biased : builder.multiply(biased, besselFactor(builder, x));
    const follow = (moving: Value, batch: Value) =>
      builder.add(builder.multiply(moving, builder.scalar(args.momentum)), builder.multiply(batch, builder.scalar(1 - args.momentum)));
    updateStatistic("moving_mean", follow(movingMean, mean));
    updateStatistic("moving_variance", follow(movingVariance, variance));
    return y;
  },
});

/** n/(n - 1) for n numbers a channel; 1 for a single one. */
function besselFactor(builder: Builder, x: Value): Value {
  const perExample = elementCount(x.shape.slice(1, -1));
  const numbers = builder.multiply(builder.batchSize(x), builder.scalar(perExample));
  const less = builder.binary("maximum", builder.subtract(numbers, builder.scalar(1)), builder.scalar(1));
  return builder.divide(numbers, less);
}
