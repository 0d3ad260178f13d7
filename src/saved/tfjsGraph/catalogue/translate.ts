import { NOWHERE } from "../../../base/text.js";
import { product } from "../../../interpret/sizes.js";
import type { Tensor } from "../../../interpret/tensor.js";
import type { Application, TracedParameter } from "../../../interpret/trace.js";
import { inputOf, type KnownOutputs } from "../infer.js";
import type { GraphNode, NodeInput } from "../nodes.js";
import { ARITHMETIC } from "./arithmetic.js";
import { ARRANGEMENT } from "./arrangement.js";
import { type Lowering, type Operand, Operands } from "./operands.js";
import { WINDOWS } from "./windows.js";

const LOWERINGS: ReadonlyMap<string, Lowering> = new Map(Object.entries({ ...ARITHMETIC, ...ARRANGEMENT, ...WINDOWS }));

/** Operations that pass a stored tensor on as it is. */
const PASSED = new Set(["Identity", "Cast", "StopGradient", "Snapshot"]);
/** Longer chains pass on what is computed. */
const MOST_PASSED = 8;

/** A graph's nodes as applications: the first result of each in layers of the catalogue, with the weights that are stored. */
export class GraphApplications {
  readonly #nodes: ReadonlyMap<string, GraphNode>;
  /** What each node makes. */
  readonly #results = new Map<string, readonly Tensor[]>();
  readonly #made = new Map<string, Application>();

  constructor(
    nodes: readonly GraphNode[],
    private readonly file: string,
    private readonly known: KnownOutputs,
  ) {
    this.#nodes = new Map(nodes.map((node) => [node.name, node]));
  }

  /** Of a node, worked out when somebody asks; undefined for the model's inputs and for constants. */
  of(node: GraphNode): Application | undefined {
    if (node.op === "Const" || node.op === "Placeholder") return undefined;
    const application = this.#made.get(node.name) ?? this.#make(node);
    this.#made.set(node.name, application);
    return application;
  }

  /** What a node makes. */
  tensor({ node, output }: NodeInput): Tensor[] {
    const results = this.#results.get(node) ?? (this.known.get(node) ?? []).map(({ shape }) => ({ shape, dtype: "float32" }));
    this.#results.set(node, results);
    const tensor = results[output];
    return tensor ? [tensor] : [];
  }

  #make(node: GraphNode): Application {
    const { name, op, attributes } = node;
    const inputs = node.inputs.map((input): Operand => ({ ...inputOf(input, this.known), stored: this.#stored(input) }));
    const outputs = (this.known.get(name) ?? []).map(({ shape }) => shape);
    const operands = new Operands(inputs, attributes, outputs[0] ?? []);
    const place = { file: this.file, range: NOWHERE };
    return {
      type: op,
      role: "layer",
      name,
      madeAt: place,
      calledAt: place,
      owner: node,
      inputs: node.inputs.flatMap((input, i) => (operands.isComputed(i) ? this.tensor(input) : [])),
      results: outputs.flatMap((_, output) => this.tensor({ node: name, output })),
      outputs,
      parameters: inputs.flatMap(parameterOf),
      multiplyAdds: undefined,
      reach: "pointwise",
      formulas: () => [],
      catalogue: keepsBatch(operands) ? LOWERINGS.get(op)?.(operands) : undefined,
      argumentPlaces: new Map(),
    };
  }

  /** The constant that an input is, as it is or passed on. */
  #stored({ node: name, output }: NodeInput): string | undefined {
    let node = output === 0 ? this.#nodes.get(name) : undefined;
    for (let steps = 0; node && steps < MOST_PASSED; steps++) {
      if (node.op === "Const") return node.name;
      const [first] = node.inputs;
      node = PASSED.has(node.op) && first?.output === 0 ? this.#nodes.get(first.node) : undefined;
    }
    return undefined;
  }
}

function parameterOf({ stored, shape }: Operand): TracedParameter[] {
  return stored !== undefined && shape && product(shape) !== undefined ? [{ name: stored, shape, trainable: true, counted: true }] : [];
}

/** Layers see one example at a time. */
function keepsBatch({ input, output }: Operands): boolean {
  return output.length > 1 && input[0] === output[0];
}
