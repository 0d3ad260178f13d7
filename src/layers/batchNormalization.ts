import { thousands } from "../base/words.js";
import type { Builder } from "../program/builder.js";
import type { Value } from "../program/types.js";
import { boolean, choice, number, optional } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import { initializer, withFans } from "./initializer.js";
import type { Parameter } from "./kind.js";
import { regularizer } from "./regularizer.js";
import { trainableArgument, weight } from "./weights.js";

/** Batch normalization (Ioffe and Szegedy, 2015) over all axes but the last. */
export const batchNormalization = defineLayer({
  type: "batchNormalization",
  summary:
    "Brings each channel to mean 0 and variance 1 over the batch, then scales (gamma) and shifts (beta) it; training gets steadier and faster.",
  arguments: {
    momentum: optional(number("How slowly the moving mean and variance follow the batches'.", { least: 0, most: 1 }), 0.99),
    epsilon: optional(number("Added to the variance, so that nothing is divided by zero.", { above: 0 }), 0.001),
    center: optional(boolean("Adds beta, learned."), true),
    scale: optional(boolean("Multiplies by gamma, learned."), true),
    variance: optional(
      choice("Which variance the moving one follows.", {
        biased: "divided by the count, as TensorFlow.js layers and Keras 3 do",
        unbiased: "divided by the count less one, as PyTorch does",
      }),
      "biased",
    ),
    betaInitializer: optional(initializer("How beta starts."), "zeros"),
    gammaInitializer: optional(initializer("How gamma starts."), "ones"),
    betaRegularizer: regularizer("Penalty on beta, added to the loss."),
    gammaRegularizer: regularizer("Penalty on gamma, added to the loss."),
    inference: optional(boolean("Normalizes by the moving mean and variance while training too, and leaves them as they are."), false),
    ...trainableArgument,
  },

  infer(args, input) {
    const channels = input.at(-1) ?? 1;
    const shape = [channels];
    const statistic = (name: string, kind: "zeros" | "ones"): Parameter => ({ name, shape, trainable: false, initializer: { kind } });
    const parameters = [
      ...(args.scale ? [weight("gamma", shape, withFans(args.gammaInitializer, channels, channels), args, args.gammaRegularizer)] : []),
      ...(args.center ? [weight("beta", shape, withFans(args.betaInitializer, channels, channels), args, args.betaRegularizer)] : []),
      statistic("moving_mean", "zeros"),
      statistic("moving_variance", "ones"),
    ];
    return {
      ok: true,
      value: {
        output: input,
        parameters,
        multiplyAdds: 0,
        reach: "pointwise",
        formulas: () => [
          { label: "parameters", expression: `${parameters.length}*${channels}`, value: thousands(parameters.length * channels) },
        ],
        warnings: [],
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
  const perExample = x.shape.slice(1, -1).reduce((product, size) => product * size, 1);
  const numbers = builder.multiply(builder.batchSize(x), builder.scalar(perExample));
  const less = builder.binary("maximum", builder.subtract(numbers, builder.scalar(1)), builder.scalar(1));
  return builder.divide(numbers, less);
}
