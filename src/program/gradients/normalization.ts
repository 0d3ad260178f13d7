import { lastAxis } from "../shapes.js";
import type { GradientRules } from "./rule.js";

export const normalization: GradientRules<"batchNormTraining" | "batchNormInference" | "softmax" | "softmaxCrossEntropy"> = {
  batchNormTraining: ({ builder, operation: { epsilon }, dy, outputs }, x, gamma) => {
    const [, mean, variance] = outputs;
    if (!mean || !variance) throw new Error("batchNormTraining has three outputs.");
    return builder.append(
      { op: "batchNormTrainingGradient", epsilon },
      [dy, x, gamma, mean, variance],
      [x.shape, gamma.shape, gamma.shape],
    );
  },
  // y = gamma (x - mean) r + beta with r = (variance + epsilon)^-1/2
  batchNormInference: ({ builder: b, operation: { epsilon }, dy }, x, gamma, _, mean, variance) => {
    const perChannel = (value: typeof dy) => b.appendOne({ op: "biasAddGradient" }, [value], [lastAxis(value.shape)]);
    const r = b.unary("reciprocal", b.unary("sqrt", b.add(variance, b.scalar(epsilon))));
    const sum = perChannel(dy);
    const centredSum = perChannel(b.multiply(dy, b.subtract(x, mean)));
    const slope = b.multiply(gamma, r);
    const dVariance = b.multiply(b.multiply(centredSum, slope), b.multiply(b.unary("square", r), b.scalar(-0.5)));
    return [b.multiply(dy, slope), b.multiply(centredSum, r), sum, b.unary("negative", b.multiply(sum, slope)), dVariance];
  },
  softmax: ({ builder: b, dy, y }) => {
    const weighted = b.reduce("sum", b.multiply(dy, y), [y.shape.length - 1], true);
    return [b.multiply(b.subtract(dy, weighted), y)];
  },
  softmaxCrossEntropy: ({ builder: b, dy, outputs }) => {
    const [, gradient] = outputs;
    return [gradient && b.multiply(gradient, b.reshape(dy, [...dy.shape, 1]))];
  },
};
