import type { OptimizerConfig } from "../model/training.js";
import type { GraphBuilder } from "../program/graphBuilder.js";
import type { Update, Value } from "../program/types.js";

/** A weight and its gradient. */
export interface WeightGradient {
  readonly name: string;
  readonly value: Value;
  readonly gradient: Value;
}

/** Scalars fed with each step. */
export interface StepRates {
  readonly learningRate: Value;
  readonly correction: Value;
}

/**
 * What a step's learning rate is multiplied by before Adam uses it, for a step counted from 1: sqrt(1 - beta2^t) / (1 - beta1^t)
 * (Kingma and Ba, 2015, end of section 2). 1 for all others.
 */
export function correction(optimizer: OptimizerConfig, step: number): number {
  if (optimizer.type !== "adam" && optimizer.type !== "adamw") return 1;
  return Math.sqrt(1 - optimizer.beta2 ** step) / (1 - optimizer.beta1 ** step);
}

/** The updates of a step. Declares the optimizer's slots, named `${weight}/${slot}`, which start as zeros. */
export function optimizerUpdates(
  builder: GraphBuilder,
  optimizer: OptimizerConfig,
  weights: readonly WeightGradient[],
  rates: StepRates,
): Update[] {
  return weights.map((weight) => updateFor(builder, optimizer, weight, rates));
}

function updateFor(b: GraphBuilder, optimizer: OptimizerConfig, weight: WeightGradient, rates: StepRates): Update {
  const { name } = weight;
  const gradient = optimizer.type === "adamw" ? weight.gradient : decayed(b, weight, optimizer.weightDecay);
  const slot = (slotName: string): string => {
    const variable = `${name}/${slotName}`;
    b.variable(variable, gradient.shape, "slot");
    return variable;
  };
  const rate = rates.learningRate;
  switch (optimizer.type) {
    case "sgd": {
      const { momentum, nesterov } = optimizer;
      if (momentum === 0) return { update: "sgd", variable: name, rate, gradient };
      return { update: "momentum", variable: name, accumulator: slot("momentum"), rate, gradient, momentum, nesterov };
    }
    case "adam":
    case "adamw": {
      const { beta1, beta2, epsilon } = optimizer;
      const decays = optimizer.type === "adamw" && optimizer.weightDecay > 0;
      return {
        update: "adam",
        variable: name,
        mean: slot("mean"),
        square: slot("square"),
        correctedRate: b.multiply(rate, rates.correction),
        ...(decays ? { decay: b.multiply(rate, b.scalar(optimizer.weightDecay)) } : {}),
        gradient,
        beta1,
        beta2,
        epsilon,
      };
    }
    case "rmsprop": {
      const { rho, momentum, epsilon } = optimizer;
      return {
        update: "rmsprop",
        variable: name,
        square: slot("square"),
        accumulator: slot("momentum"),
        rate,
        gradient,
        rho,
        momentum,
        epsilon,
      };
    }
  }
}

/** The gradient with that of a penalty of half the decay times the weight's square. */
function decayed(b: GraphBuilder, { value, gradient }: WeightGradient, decay: number): Value {
  return decay > 0 ? b.add(gradient, b.multiply(value, b.scalar(decay))) : gradient;
}
