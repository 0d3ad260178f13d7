import type { Shape } from "../../../src/layers/kind.js";
import { BATCH } from "../../../src/program/types.js";
import { gradientError } from "../program/gradientCheck.js";
import { layerOf, shapeOf } from "./layerOf.js";

/** The largest relative error of a layer's gradients by its inputs and its parameters, against central differences. */
export function layerGradientError(json: Readonly<Record<string, unknown>>, inputs: readonly Shape[], positive = false): number {
  const { kind, args } = layerOf(json);
  const shape = shapeOf(json, ...inputs.map((input) => [...input]));
  return gradientError({
    positive,
    shapes: [...inputs.map((input) => [BATCH, ...input]), ...shape.parameters.map((parameter) => parameter.shape)],
    build(builder, ...values) {
      const refuse = () => {
        throw new Error(`${kind.type} is more than a function of its inputs and parameters.`);
      };
      return kind.lower(args, values.slice(0, inputs.length), shape, {
        builder,
        training: true,
        parameter: (name) => {
          const value = values[inputs.length + shape.parameters.findIndex((parameter) => parameter.name === name)];
          if (!value) throw new Error(`${kind.type} has no parameter ${name}.`);
          return value;
        },
        random: refuse,
        activate: (x) => x,
        updateStatistic: refuse,
      });
    },
  });
}
