import { updateValues } from "../../program/reachable.js";
import type { Node, ProgramFunction, Value } from "../../program/types.js";

/** A node, with what follows it computed in the same pass. */
export interface FusedNode extends Node {
  readonly bias: Value | undefined;
  readonly relu: boolean;
}

const TAKES_BIAS: ReadonlySet<string> = new Set(["conv2d", "matMul"]);
const TAKES_RELU: ReadonlySet<string> = new Set(["conv2d", "matMul", "batchNormTraining", "batchNormInference"]);

/** Takes bias and relu into the operation before them where nobody else wants what lies between. */
export function fuse(nodes: readonly Node[], fn: ProgramFunction): FusedNode[] {
  const uses = new Map<number, number>();
  for (const { id } of [...nodes.flatMap((node) => node.inputs), ...fn.fetches, ...fn.updates.flatMap(updateValues)])
    uses.set(id, (uses.get(id) ?? 0) + 1);
  // By first output of the node that stands for all of them; that may be replaced where it stands.
  const fused = new Map<number, FusedNode>();
  const standsFor = new Map<number, number>();
  for (const node of nodes) {
    const [x] = node.inputs;
    const [y] = node.outputs;
    if (!y) continue;
    const key = x && uses.get(x.id) === 1 ? standsFor.get(x.id) : undefined;
    const before = key === undefined ? undefined : fused.get(key);
    const joined = before && join(before, node);
    // A bias may be made after what it is added to.
    if (key !== undefined && joined && joined.bias !== before?.bias) fused.delete(key);
    const own = joined && key !== undefined ? key : y.id;
    fused.set(own, joined ?? { ...node, bias: undefined, relu: false });
    standsFor.set(y.id, own);
  }
  return [...fused.values()];
}

function join(before: FusedNode, { operation, inputs, outputs }: Node): FusedNode | undefined {
  const kind = before.operation.op;
  if (before.relu || (before.operation.op === "matMul" && before.operation.transposeA)) return undefined;
  const joined = { ...before, outputs: [...outputs, ...before.outputs.slice(1)] };
  if (operation.op === "biasAdd" && TAKES_BIAS.has(kind) && !before.bias) return { ...joined, bias: inputs[1] };
  if (operation.op === "unary" && operation.fn === "relu" && TAKES_RELU.has(kind)) return { ...joined, relu: true };
  return undefined;
}
