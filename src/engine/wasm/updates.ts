import { elementCount } from "../../program/shapes.js";
import type { Update, Value } from "../../program/types.js";
import { bytesOf, type Step, type Tensor } from "./emit.js";
import type { Kernels } from "./kernels.js";

export interface Operands {
  readonly kernels: Kernels;
  /** Where a value lies when all of them have been computed. */
  value(value: Value): Tensor;
  variable(name: string): Tensor;
}

/** Makes an update ready. */
export function emitUpdate(update: Update, { kernels, value, variable }: Operands): Step {
  const w = variable(update.variable);
  const count = elementCount(w.shape);
  if (update.update === "assign") {
    const from = value(update.value).address;
    const bytes = bytesOf(w);
    return () => kernels.copy(from, w.address, bytes);
  }
  const gradient = value(update.gradient).address;
  switch (update.update) {
    case "sgd": {
      const rate = value(update.rate).address;
      return () => kernels.sgd(w.address, gradient, count, rate);
    }
    case "momentum": {
      const rate = value(update.rate).address;
      const accumulator = variable(update.accumulator).address;
      return () => kernels.momentum(w.address, accumulator, gradient, count, rate, update.momentum, Number(update.nesterov));
    }
    case "adam": {
      const { beta1, beta2, epsilon } = update;
      const rate = value(update.correctedRate).address;
      const decay = update.decay ? value(update.decay).address : 0;
      const [mean, square] = [variable(update.mean).address, variable(update.square).address];
      return () => kernels.adam(w.address, mean, square, gradient, count, rate, decay, 1 - beta1, 1 - beta2, epsilon);
    }
    case "rmsprop": {
      const { rho, momentum, epsilon } = update;
      const rate = value(update.rate).address;
      const [square, accumulator] = [variable(update.square).address, variable(update.accumulator).address];
      return () => kernels.rmsprop(w.address, square, accumulator, gradient, count, rate, rho, 1 - rho, momentum, epsilon);
    }
  }
}
