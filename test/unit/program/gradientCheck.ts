import { Random } from "../../../src/base/random.js";
import { type Feeds64, ReferenceExecutor } from "../../../src/engine/reference/executor.js";
import { differentiate } from "../../../src/program/differentiate.js";
import { GraphBuilder } from "../../../src/program/graphBuilder.js";
import { BATCH, type Dimension, type Value } from "../../../src/program/types.js";

/** Examples fed where a shape has BATCH. */
export const EXAMPLES = 3;

export const concrete = (shape: readonly Dimension[]): number[] => shape.map((d) => (d === BATCH ? EXAMPLES : d));
export const sizeOf = (shape: readonly Dimension[]): number => concrete(shape).reduce((product, d) => product * d, 1);

/** Distinct numbers in random order, at least 0.01 apart and from zero: no kink or tie is near. */
export function spreadNumbers(count: number, seed: number): Float64Array {
  const random = new Random({ seed, stream: 0, step: [0, 0] });
  const order = random.shuffle(Int32Array.from({ length: count }, (_, i) => i));
  return Float64Array.from(order, (i) => ((i + 0.3 + 0.4 * random.uniform()) / count - 0.5) * Math.max(2, count * 0.05));
}

export interface GradientCase {
  /** Shapes of the differentiated inputs. */
  readonly shapes: readonly (readonly Dimension[])[];
  readonly build: (builder: GraphBuilder, ...inputs: Value[]) => Value;
  /** Made positive, for logarithms, roots and variances. */
  readonly positive?: boolean;
}

/**
 * The largest difference between gradients of a weighted sum of all outputs and central differences in float64, relative to the
 * largest gradient entry of its input.
 */
export function gradientError({ shapes, build, positive = false }: GradientCase): number {
  const builder = new GraphBuilder();
  const inputs = shapes.map((shape, i) => builder.input(`x${i}`, shape, "float32"));
  const y = build(builder, ...inputs);
  const weights = builder.input("weights", y.shape, "float32");
  const product = builder.multiply(y, weights);
  const loss = builder.reduce(
    "sum",
    product,
    product.shape.map((_, axis) => axis),
    false,
  );
  const gradients = differentiate(builder, loss, inputs);
  const feeds = [...inputs, weights].map((value, i) => ({ name: i < inputs.length ? `x${i}` : "weights", value }));
  const executor = new ReferenceExecutor(
    builder.finish({ loss: { feeds, fetches: [loss], updates: [] }, gradients: { feeds, fetches: gradients, updates: [] } }, 1),
  );
  const fed: Feeds64 = Object.fromEntries(
    feeds.map(({ name, value }, i) => {
      const numbers = spreadNumbers(sizeOf(value.shape), i + 1);
      return [name, { shape: concrete(value.shape), data: positive ? numbers.map((x) => Math.abs(x) + 0.2) : numbers }];
    }),
  );
  const analytic = executor.runFloat64("gradients", fed);
  return Math.max(
    ...inputs.map((_, i) => {
      const x = fed[`x${i}`]?.data as Float64Array;
      const differences = centralDifferences(x, () => executor.runFloat64("loss", fed)[0]?.data[0] ?? Number.NaN);
      return relativeError(analytic[i]?.data ?? new Float64Array(), differences);
    }),
  );
}

/** (f(x + h) - f(x - h)) / 2h for each entry, changed in place and put back. */
export function centralDifferences(x: Float64Array, evaluate: () => number, h = 1e-5): Float64Array {
  return x.map((value, i) => {
    x[i] = value + h;
    const above = evaluate();
    x[i] = value - h;
    const below = evaluate();
    x[i] = value;
    return (above - below) / (2 * h);
  });
}

/** Largest difference relative to the largest expected entry (at least 1e-3, so that zeros compare). */
export function relativeError(actual: Float64Array, expected: Float64Array): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-3);
  return expected.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (actual[i] ?? Number.NaN)) / scale), 0);
}
