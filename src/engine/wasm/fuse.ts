import { updateValues } from "../../program/reachable.js";
import type { Node, ProgramFunction, Value } from "../../program/types.js";

/** A node, with what follows it computed in the same pass. */
export interface FusedNode extends Node {
  readonly bias: Value | undefined;
  readonly relu: boolean;
}

const TAKES_BIAS: ReadonlySet<string> = new Set(["conv2d", "matMul"]);
const TAKES_RELU: ReadonlySet<string> = new Set(["conv2d", "matMul", "batchNormTraining", "batchNormInference"]);

/** Takes bias and relu into the operation before them where nobody else wants what lies between. Nodes stand where the last of them stood. */
export function fuse(nodes: readonly Node[], fn: ProgramFunction): FusedNode[] {
  const uses = new Map<number, number>();
  for (const { id } of [...nodes.flatMap((node) => node.inputs), ...fn.fetches, ...fn.updates.flatMap(updateValues)])
    uses.set(id, (uses.get(id) ?? 0) + 1);
  const madeBy = new Map<number, FusedNode>();
  const fused = new Set<FusedNode>();

  for (const node of nodes) {
    const before = producer(node, madeBy, uses);
    const joined = before && join(before, node);
    if (before && joined) fused.delete(before);
    const whole = joined ?? { ...node, bias: undefined, relu: false };
    fused.add(whole);
    for (const output of whole.outputs) madeBy.set(output.id, whole);
  }
  return [...fused];
}

/** Who makes a node's first input, where that is a first output that only this node wants. */
function producer({ inputs: [x] }: Node, madeBy: ReadonlyMap<number, FusedNode>, uses: ReadonlyMap<number, number>): FusedNode | undefined {
  const made = x && madeBy.get(x.id);
  return made && made.outputs[0]?.id === x.id && uses.get(x.id) === 1 ? made : undefined;
}

function join(before: FusedNode, { operation, inputs, outputs }: Node): FusedNode | undefined {
  const kind = before.operation.op;
  if (before.relu || (before.operation.op === "matMul" && before.operation.transposeA)) return undefined;
  const joined = { ...before, outputs: [...outputs, ...before.outputs.slice(1)] };
  if (operation.op === "biasAdd" && TAKES_BIAS.has(kind) && !before.bias) return { ...joined, bias: inputs[1] };
  if (operation.op === "unary" && operation.fn === "relu" && TAKES_RELU.has(kind)) return { ...joined, relu: true };
  return undefined;
}
