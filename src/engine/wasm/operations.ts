import type { Operation, OperationName } from "../../program/types.js";
import { classification } from "./classification.js";
import { convolution } from "./convolution.js";
import { elementwise } from "./elementwise.js";
import type { Emits, Epilogue, Step, Tensor, Workshop } from "./emit.js";
import { layout } from "./layout.js";
import { linear } from "./linear.js";
import { normalization } from "./normalization.js";
import { pooling } from "./pooling.js";
import { reductions } from "./reduce.js";

/** Operations that only say where a tensor lies. */
export type Source = "input" | "variable" | "constant" | "reshape";

const emits: Emits<Exclude<OperationName, Source>> = {
  ...elementwise,
  ...layout,
  ...reductions,
  ...linear,
  ...convolution,
  ...pooling,
  ...normalization,
  ...classification,
};

/** Makes one operation ready to run; tensors are its outputs, then its inputs. */
export function emit(operation: Exclude<Operation, { op: Source }>, workshop: Workshop & Epilogue, tensors: readonly Tensor[]): Step {
  const emitter = emits[operation.op] as (operation: Operation, workshop: Workshop & Epilogue, ...tensors: Tensor[]) => Step;
  return emitter(operation, workshop, ...tensors);
}

/** Operations that read an entry before they write the same entry of their result, so that both may lie in the same place. */
export const IN_PLACE: ReadonlySet<OperationName> = new Set<OperationName>([
  "unary",
  "unaryGradient",
  "leakyRelu",
  "leakyReluGradient",
  "binary",
  "biasAdd",
  "softmax",
  "batchNormInference",
  "batchNormTrainingGradient",
]);
