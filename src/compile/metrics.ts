import type { LossName, MetricName } from "../model/training.js";
import type { GraphBuilder } from "../program/graphBuilder.js";
import { lastAxis } from "../program/shapes.js";
import type { Value } from "../program/types.js";
import { targets } from "./loss.js";
import type { Answer } from "./lower.js";

/** Each example's share of a metric, float32 [n]: its mean over examples is the metric. */
export function metricPerExample(builder: GraphBuilder, metric: MetricName, loss: LossName, answer: Answer, labels: Value): Value {
  const units = lastAxis(answer.output.shape);
  switch (metric) {
    case "accuracy":
      return units === 1 ? binaryAccuracy(builder, loss, answer, labels) : builder.binary("equal", builder.argMax(scores(answer)), labels);
    case "top5":
      return builder.inTopK(scores(answer), labels, 5);
    case "meanAbsoluteError": {
      const error = builder.unary("absolute", builder.subtract(answer.output, targets(builder, labels, units)));
      return builder.reduce("mean", error, [1], false);
    }
  }
}

/** In the order of the outputs, but never saturated. */
const scores = ({ output, beforeActivation, activation }: Answer): Value =>
  activation === "softmax" || activation === "sigmoid" ? beforeActivation : output;

/** Class 1 is said above one half; an output that is a logit is one half at 0. */
function binaryAccuracy(b: GraphBuilder, loss: LossName, { output, activation }: Answer, labels: Value): Value {
  const half = loss === "binaryCrossentropy" && activation === "linear" ? 0 : 0.5;
  const said = b.reshape(b.binary("greater", output, b.scalar(half)), labels.shape);
  return b.binary("equal", said, b.cast(labels, "float32"));
}
