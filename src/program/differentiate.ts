import { elementwise } from "./gradients/elementwise.js";
import { layout } from "./gradients/layout.js";
import { linear } from "./gradients/linear.js";
import { normalization } from "./gradients/normalization.js";
import { reductions } from "./gradients/reduce.js";
import type { GradientRule, GradientRules } from "./gradients/rule.js";
import { windows } from "./gradients/windows.js";
import type { GraphBuilder } from "./graphBuilder.js";
import { nodesFor } from "./reachable.js";
import type { Node, OperationName, Value } from "./types.js";

/** Operations whose outputs do not change with their inputs' numbers, as far as a derivative goes. */
const constantOperations = ["input", "variable", "constant", "randomUniform", "oneHot", "argMax", "inTopK", "batchSize"] as const;

/** Of the gradients only that of a convolution by its input, which is a transposed convolution. */
type Differentiable = Exclude<OperationName, (typeof constantOperations)[number] | `${string}Gradient`> | "conv2dInputGradient";

const rules: GradientRules<Differentiable> = { ...elementwise, ...layout, ...reductions, ...linear, ...windows, ...normalization };

/**
 * Adds the backward pass of a scalar loss to its graph (reverse mode, one sweep) and answers its derivative by each wanted value, in
 * their order: zeros where the loss does not depend on one. Gradients are not differentiable again, but for transposed convolutions.
 */
export function differentiate(builder: GraphBuilder, loss: Value, wanted: readonly Value[]): Value[] {
  if (loss.shape.length > 0) throw new Error("Only a scalar loss can be differentiated.");
  const nodes = nodesFor(builder.nodes, [loss]);
  const needed = dependents(nodes, wanted);
  const gradients = new Map<number, Value>([[loss.id, builder.scalar(1)]]);
  for (const node of [...nodes].reverse()) {
    if (!node.inputs.some((input) => needed.has(input.id))) continue;
    backward(builder, node, gradients).forEach((gradient, i) => {
      const input = node.inputs[i];
      if (!gradient || !input || !needed.has(input.id)) return;
      const sum = gradients.get(input.id);
      gradients.set(input.id, sum ? builder.add(sum, gradient) : gradient);
    });
  }
  return wanted.map((value) => gradients.get(value.id) ?? builder.broadcastTo(builder.scalar(0), value.shape, value));
}

/** Ids of the wanted values and of all that is computed from them. */
function dependents(nodes: readonly Node[], wanted: readonly Value[]): Set<number> {
  const found = new Set(wanted.map((value) => value.id));
  for (const node of nodes) if (node.inputs.some((input) => found.has(input.id))) for (const output of node.outputs) found.add(output.id);
  return found;
}

/** The derivative by each of a node's inputs; none where the loss does not depend on the node. */
function backward(builder: GraphBuilder, node: Node, gradients: ReadonlyMap<number, Value>): readonly (Value | undefined)[] {
  const { operation, outputs } = node;
  const [y, ...others] = outputs;
  if (others.some((other) => gradients.has(other.id))) throw new Error(`Only the first output of ${operation.op} can be differentiated.`);
  const dy = y && gradients.get(y.id);
  if (!y || !dy || constantOperations.some((name) => name === operation.op)) return [];
  if (!(operation.op in rules)) throw new Error(`${operation.op} cannot be differentiated.`);
  const rule = rules[operation.op as Differentiable] as GradientRule<OperationName>;
  return rule({ builder, operation, y, dy, outputs }, ...node.inputs);
}
