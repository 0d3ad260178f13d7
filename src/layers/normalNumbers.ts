import type { Builder } from "../program/builder.js";
import type { Value } from "../program/types.js";

/**
 * Giles, "Approximating the erfinv function" (GPU Computing Gems, 2011), table 5: coefficients by falling power of w - 2.5, which is enough
 * below 5, and of sqrt(w) - 3, w being -log(1 - x^2). The relative error is of the order of float32's own.
 */
const NEAR = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 2.1858087e-4, -1.25372503e-3, -4.17768164e-3, 0.246640727, 1.50140941,
];
const FAR = [
  -2.00214257e-4, 1.00950558e-4, 1.34934322e-3, -3.67342844e-3, 5.73950773e-3, -7.6224613e-3, 9.43887047e-3, 1.00167406, 2.83297682,
];

/** Standard normal numbers of uniform ones in [0, 1), by the inverse of the distribution: sqrt(2)*erfinv(2*u - 1). */
export function normalNumbers(builder: Builder, uniform: Value): Value {
  const scalar = (value: number) => builder.scalar(value);
  // Shrunk by float32's half step, so that 0 is not minus infinity.
  const x = builder.multiply(builder.subtract(builder.multiply(uniform, scalar(2)), scalar(1)), scalar(1 - 2 ** -24));
  const inside = builder.multiply(builder.subtract(scalar(1), x), builder.add(scalar(1), x));
  const w = builder.unary("negative", builder.unary("log", inside));
  const polynomial = (coefficients: readonly number[], at: Value): Value =>
    coefficients.slice(1).reduce((sum, next) => builder.add(builder.multiply(sum, at), scalar(next)), scalar(coefficients[0] ?? 0));
  const near = polynomial(NEAR, builder.subtract(w, scalar(2.5)));
  const far = polynomial(FAR, builder.subtract(builder.unary("sqrt", builder.unary("relu", w)), scalar(3)));
  const isFar = builder.binary("greater", w, scalar(5));
  const factor = builder.add(near, builder.multiply(isFar, builder.subtract(far, near)));
  return builder.multiply(builder.multiply(x, factor), scalar(Math.SQRT2));
}
