import { Random } from "../../../src/base/random.js";
import { initialValues } from "../../../src/compile/initialize.js";
import type { CompiledNetwork } from "../../../src/compile/types.js";
import type { Feeds } from "../../../src/engine/executor.js";
import { ReferenceExecutor } from "../../../src/engine/reference/executor.js";

/** A reference executor with initial values. */
export function start(compiled: CompiledNetwork, seed = 1): ReferenceExecutor {
  const executor = new ReferenceExecutor(compiled.program);
  executor.write(initialValues(compiled, seed));
  return executor;
}

/** Random images and labels. */
export function examples(count: number, shape: readonly number[], classes: number): Feeds {
  const random = new Random({ seed: 5, stream: 0, step: [0, 0] });
  const size = shape.reduce((product, d) => product * d, count);
  return {
    images: { shape: [count, ...shape], data: Uint8Array.from({ length: size }, () => random.below(256)) },
    labels: { shape: [count], data: Int32Array.from({ length: count }, () => random.below(classes)) },
  };
}

/** What a training step is fed beside its examples. */
export const stepFeeds = (step: number, rate: number, correction = 1): Feeds => ({
  learningRate: { shape: [], data: Float32Array.of(rate) },
  correction: { shape: [], data: Float32Array.of(correction) },
  randomCounter: { shape: [2], data: Int32Array.of(step, 0) },
});
