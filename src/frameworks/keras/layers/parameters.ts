import { thousands } from "../../../base/words.js";
import { product, sum } from "../../../interpret/sizes.js";
import type { Size } from "../../../interpret/tensor.js";
import type { TracedParameter } from "../../../interpret/trace.js";
import type { Formula } from "../../../layers/kind.js";

/** A weight that training changes. */
export function weight(name: string, shape: readonly Size[]): TracedParameter {
  return { name, shape, trainable: true, counted: true };
}

/** A number that is kept but not trained; Keras counts it as a parameter all the same. */
export function statistic(name: string, shape: readonly Size[]): TracedParameter {
  return { name, shape, trainable: false, counted: true };
}

/** A bias of `size` numbers if `used`; where that is not known, one of unknown size. */
export function bias(used: boolean | undefined, size: Size, name = "bias"): TracedParameter[] {
  if (used === false) return [];
  return [weight(name, [used ? size : undefined])];
}

/** "3*3*16*32 + 32": how many numbers all parameters are. */
export function parameterFormula(parameters: readonly TracedParameter[]): Formula[] {
  if (parameters.length === 0) return [];
  const expression = parameters.map(({ shape }) => (shape.length === 0 ? "1" : shape.map((size) => size ?? "?").join("*"))).join(" + ");
  const total = sum(parameters.map(({ shape }) => product(shape)));
  return [{ label: "parameters", expression, value: total === undefined ? "?" : thousands(total) }];
}

/** "24*24 * 5*5*6": how many multiply-adds one example takes. */
export function costFormula(factors: readonly Size[], cost: Size): Formula {
  return {
    label: "multiply-adds",
    expression: factors.map((factor) => factor ?? "?").join("*"),
    value: cost === undefined ? "?" : thousands(cost),
  };
}
