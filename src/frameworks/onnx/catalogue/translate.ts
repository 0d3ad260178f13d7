import type { Steps } from "../../../interpret/steps.js";
import { NodeCall } from "../call.js";
import { type Fact, type Node, type OnnxModel, UNKNOWN } from "../graph.js";
import type { Inference, InferredNode } from "../infer.js";
import { ruleOf } from "../table.js";
import { Constant } from "./constant.js";
import { Operands } from "./operands.js";
import { LOWERINGS } from "./table.js";

/** A node in layers of the catalogue. */
export interface TranslatedNode {
  /** For each output; none at all for what is stored or known before the model runs. */
  readonly steps: readonly (Steps | undefined)[];
  /** The inputs that the steps are applied to. */
  readonly inputs: readonly Fact[];
}

/** Says the nodes of an inferred graph in layers of the catalogue, as far as it has any. What is stored or known is folded. Never throws. */
export function translate({ graph, operatorSet }: OnnxModel, { nodes }: Inference): ReadonlyMap<Node, TranslatedNode> {
  const translator = new Translator(operatorSet);
  for (const [name, fact] of graph.initializers) translator.store(name, fact, true);
  return new Map(nodes.map((inferred) => [inferred.node, translator.node(inferred)]));
}

class Translator {
  readonly #constants = new Map<string, Constant>();
  /** Values that are the same whatever the model is given: constants, and what is made of them and of sizes. */
  readonly #fixed = new Set<string>();

  constructor(private readonly operatorSet: number) {}

  store(name: string, { shape }: Fact, learned: boolean): void {
    this.#fixed.add(name);
    const sizes = shape?.filter((size) => size !== undefined);
    if (sizes && sizes.length === shape?.length) this.#constants.set(name, Constant.stored(name, sizes, learned));
  }

  node({ node, inputs, outputs }: InferredNode): TranslatedNode {
    const computed = node.inputs.map((name) => name !== "" && !this.#fixed.has(name));
    // Graphs inside a node see the values around it.
    const hasGraph = [...node.attributes.values()].some(({ graph }) => graph !== undefined);
    if (!hasGraph && (!computed.includes(true) || outputs.every(isKnown))) {
      this.#fold(node, outputs);
      return { steps: outputs.map(() => []), inputs: [] };
    }
    const constants = node.inputs.map((name) => this.#constants.get(name));
    const call = new NodeCall(node, inputs, this.operatorSet, () => []);
    const lower = ruleOf(node.operator, node.domain) && LOWERINGS.get(node.operator);
    const first = inputs.find((_, i) => computed[i]);
    const steps = outputs.map((result, place) =>
      keepsBatch(first, result) ? lower?.(new Operands(call, result, place, constants, computed)) : undefined,
    );
    return { steps, inputs: inputs.flatMap((input, i) => (computed[i] ? [input ?? UNKNOWN] : [])) };
  }

  /** What a node makes of stored tensors, where that is the same numbers seen in another way. */
  #fold({ operator, inputs: [name = ""], outputs, attributes }: Node, [fact = UNKNOWN]: readonly Fact[]): void {
    for (const each of outputs) this.#fixed.add(each);
    const [output = ""] = outputs;
    const input = this.#constants.get(name);
    const shape = fact.shape?.filter((size) => size !== undefined) ?? [];
    if (operator === "Constant" || operator === "ConstantOfShape") this.store(output, fact, operator !== "Constant");
    else if (input && SAME_ORDER.has(operator)) this.#keep(output, input.reshaped(shape));
    else if (input && operator === "Transpose") {
      const axes = attributes.get("perm")?.numbers ?? input.shape.map((_, i) => input.shape.length - 1 - i);
      this.#keep(output, input.permuted(axes));
    }
  }

  #keep(name: string, constant: Constant | undefined): void {
    if (constant) this.#constants.set(name, constant);
  }
}

/** Operators that keep all numbers and their order. */
const SAME_ORDER = new Set(["Identity", "Cast", "Reshape", "Flatten", "Squeeze", "Unsqueeze"]);

function isKnown({ elements }: Fact): boolean {
  return elements !== undefined && !elements.includes(undefined);
}

/** Layers see one example at a time: an operator that mixes examples is none. */
function keepsBatch(input: Fact | undefined, { shape }: Fact): boolean {
  return shape !== undefined && shape.length > 1 && input?.shape !== undefined && input.shape[0] === shape[0];
}
