import { UserError } from "../base/userError.js";
import type { LossName } from "../model/training.js";
import type { GraphBuilder } from "../program/graphBuilder.js";
import { lastAxis } from "../program/shapes.js";
import type { Value } from "../program/types.js";
import type { Answer } from "./lower.js";

/** Probabilities are kept this far from 0 and 1, as Keras does. */
const LEAST_PROBABILITY = 1e-7;

/** Labels as the outputs they ask for, float32 [n, units]: the class index itself for a single output, else one-hot. */
export function targets(builder: GraphBuilder, labels: Value, units: number): Value {
  return units === 1 ? builder.reshape(builder.cast(labels, "float32"), [...labels.shape, 1]) : builder.oneHot(labels, units);
}

/** Each example's loss, float32 [n]: for losses of single outputs their mean. */
export function lossPerExample(builder: GraphBuilder, loss: LossName, answer: Answer, labels: Value): Value {
  if (loss === "categoricalCrossentropy") return categoricalCrossentropy(builder, answer, labels);
  const wanted = targets(builder, labels, lastAxis(answer.output.shape));
  return builder.reduce("mean", perOutput(builder, loss, answer, wanted), [1], false);
}

function perOutput(b: GraphBuilder, loss: Exclude<LossName, "categoricalCrossentropy">, answer: Answer, wanted: Value): Value {
  switch (loss) {
    case "binaryCrossentropy":
      return binaryCrossentropy(b, answer, wanted);
    case "meanSquaredError":
      return b.unary("square", b.subtract(answer.output, wanted));
    case "meanAbsoluteError":
      return b.unary("absolute", b.subtract(answer.output, wanted));
  }
}

/** From logits where the last activation is softmax, its logarithm or none; sigmoid's outputs are scaled to sum to 1, as Keras does. */
function categoricalCrossentropy(b: GraphBuilder, { output, beforeActivation, activation }: Answer, labels: Value): Value {
  if (activation === "softmax" || activation === "logSoftmax" || activation === "linear")
    return b.softmaxCrossEntropy(beforeActivation, labels);
  if (activation !== "sigmoid")
    throw new UserError(
      `The loss categoricalCrossentropy needs probabilities, but the last layer ends with ${activation}; use activation softmax there.`,
      "networkInvalid",
    );
  const probabilities = clipped(b, b.divide(output, b.reduce("sum", output, [1], true)));
  const ofLabel = b.multiply(b.oneHot(labels, lastAxis(output.shape)), b.unary("log", probabilities));
  return b.unary("negative", b.reduce("sum", ofLabel, [1], false));
}

/** From logits z where the last activation is sigmoid or there is none: log(1 + exp((1 - 2t) z)) for a target t of 0 or 1. */
function binaryCrossentropy(b: GraphBuilder, { output, beforeActivation, activation }: Answer, wanted: Value): Value {
  const one = b.scalar(1);
  if (activation === "sigmoid" || activation === "linear") {
    const sign = b.subtract(one, b.multiply(wanted, b.scalar(2)));
    return b.unary("softplus", b.multiply(sign, beforeActivation));
  }
  const probabilities = clipped(b, output);
  const yes = b.multiply(wanted, b.unary("log", probabilities));
  const no = b.multiply(b.subtract(one, wanted), b.unary("log", b.subtract(one, probabilities)));
  return b.unary("negative", b.add(yes, no));
}

const clipped = (b: GraphBuilder, probabilities: Value): Value =>
  b.binary("minimum", b.binary("maximum", probabilities, b.scalar(LEAST_PROBABILITY)), b.scalar(1 - LEAST_PROBABILITY));
