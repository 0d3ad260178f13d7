import type { Operation, OperationName } from "../../../program/types.js";
import type { Output } from "../graph.js";
import { arrange } from "./arrange.js";
import { classification } from "./classification.js";
import { convolution } from "./convolution.js";
import { elementwise } from "./elementwise.js";
import { linear } from "./linear.js";
import type { LeafName, Lowering, LoweringContext, LoweringTable } from "./lowering.js";
import { normalization } from "./normalization.js";
import { pooling } from "./pooling.js";

type Name = Exclude<OperationName, LeafName>;

const TABLE: LoweringTable = { ...elementwise, ...arrange, ...linear, ...convolution, ...pooling, ...normalization, ...classification };

/** Writes one operation into the graph; answers its outputs. */
export function lower(
  operation: Exclude<Operation, { readonly op: LeafName }>,
  around: Omit<LoweringContext<Name>, "operation" | "input">,
): readonly Output[] {
  const input = (index: number) => {
    const tensor = around.inputs[index];
    if (!tensor) throw new Error(`${operation.op} lacks input ${index}.`);
    return tensor;
  };
  // The table pairs each name with its own operation, which the compiler cannot follow through a lookup.
  const lowering = TABLE[operation.op] as Lowering<Name>;
  return lowering({ ...around, operation, input });
}
