import { fillUniform } from "../../base/philox.js";
import type { Operation, OperationName } from "../../program/types.js";
import { classification } from "./classification.js";
import { convolution } from "./convolution.js";
import { elementwise } from "./elementwise.js";
import { layout } from "./layout.js";
import { linear } from "./linear.js";
import { normalization } from "./normalization.js";
import { pooling } from "./pooling.js";
import { reductions } from "./reduce.js";
import { at, type Kernels, type Tensor, zeros } from "./tensor.js";

/** Operations that only hand out what the executor holds. */
type Source = "input" | "variable" | "constant" | "randomUniform";

const kernels: Kernels<Exclude<OperationName, Source>> = {
  ...elementwise,
  ...layout,
  ...reductions,
  ...linear,
  ...convolution,
  ...pooling,
  ...normalization,
  ...classification,
};

/** Computes one operation that is not a source. */
export function compute(operation: Exclude<Operation, { op: Source }>, inputs: readonly Tensor[]): readonly Tensor[] {
  const kernel = kernels[operation.op] as (operation: Operation, ...inputs: readonly Tensor[]) => Tensor | Tensor[];
  const result = kernel(operation, ...inputs);
  return Array.isArray(result) ? result : [result];
}

/** Numbers in [0, 1) with the shape of `like`; `counter` is [step low, step high]. */
export function random(like: Tensor, counter: Tensor, seed: number, stream: number): Tensor {
  const result = zeros(like.shape);
  fillUniform(result.data, { seed, stream, step: [at(counter.data, 0), at(counter.data, 1)] });
  return result;
}
