import type { Size } from "../../interpret/tensor.js";
import { isRefused, type Made, NodeCall, written } from "./call.js";
import { type Fact, type Graph, type GraphFunction, type Node, type OnnxModel, UNKNOWN } from "./graph.js";
import { inOrder } from "./order.js";
import { ruleOf } from "./table.js";

/** A node with what it makes. */
export interface InferredNode {
  readonly node: Node;
  readonly inputs: readonly (Fact | undefined)[];
  /** One for each of its outputs. */
  readonly outputs: readonly Fact[];
  readonly made: Made | undefined;
}

export interface Inference {
  /** In an order in which they can run. */
  readonly nodes: readonly InferredNode[];
  readonly values: ReadonlyMap<string, Fact>;
  /** The first node that waits for its own output, or for one that does: no such graph can run. These are left out of `nodes`. */
  readonly circular: Node | undefined;
  /** What would fail when the model runs: whole sentences. */
  readonly problems: readonly string[];
}

/** Functions may call functions many times over: what is beyond stays unknown. */
const MAX_NODES = 300_000;
const MAX_DEPTH = 24;

/** Works out the shape of every value of a model. `inputs` are what is fed, by name. Never throws. */
export function inferModel(model: OnnxModel, inputs: ReadonlyMap<string, Fact>): Inference {
  return new Inferrer(model).graph(model.graph, inputs);
}

class Inferrer {
  readonly #functions: ReadonlyMap<string, GraphFunction>;
  readonly #operatorSet: number;
  readonly #problems: string[] = [];
  #left = MAX_NODES;
  #depth = 0;

  constructor({ functions, operatorSet }: OnnxModel) {
    this.#functions = new Map(functions.map((each) => [`${each.domain}:${each.name}`, each]));
    this.#operatorSet = operatorSet;
  }

  graph(graph: Graph, inputs: ReadonlyMap<string, Fact>): Inference {
    const values = new Map([...inputs, ...graph.initializers]);
    const declared = new Map([...graph.declared, ...graph.outputs.map((output) => [output.name, output] as const)]);
    const { sorted, circular } = inOrder(graph.nodes);
    const nodes = sorted.map((node) => this.#node(node, values, declared));
    return { nodes, values, circular: circular[0], problems: this.#problems };
  }

  #node(node: Node, values: Map<string, Fact>, declared: ReadonlyMap<string, Fact>): InferredNode {
    const inputs = node.inputs.map((name) => (name === "" ? undefined : (values.get(name) ?? UNKNOWN)));
    const made = this.#apply(node, inputs, values);
    const outputs = node.outputs.map((name, i) => refine(made?.outputs[i] ?? UNKNOWN, declared.get(name)));
    for (const [i, name] of node.outputs.entries()) if (name !== "") values.set(name, outputs[i] ?? UNKNOWN);
    return { node, inputs, outputs, made };
  }

  #apply(node: Node, inputs: readonly (Fact | undefined)[], values: ReadonlyMap<string, Fact>): Made | undefined {
    if (--this.#left < 0 || this.#depth > MAX_DEPTH) return undefined;
    this.#depth++;
    const rule = ruleOf(node.operator, node.domain);
    const own = this.#functions.get(`${node.domain}:${node.operator}`);
    let made: Made | undefined;
    if (own) made = this.#call(own, node, inputs);
    else if (rule) {
      const answer = rule(new NodeCall(node, inputs, this.#operatorSet, (graph) => this.#branch(graph, values)));
      const absurd = isRefused(answer) ? undefined : answer.outputs.find(({ shape }) => shape?.some(isAbsurd))?.shape;
      if (isRefused(answer)) this.#problems.push(`${title(node)} ${answer.refused}.`);
      else if (absurd) this.#problems.push(`${title(node)} would make a shape of ${written(absurd)}.`);
      else made = answer;
    }
    this.#depth--;
    return made;
  }

  #branch(graph: Graph, around: ReadonlyMap<string, Fact>): readonly Fact[] {
    // Values around are copied: very many branches of very large graphs stay unknown too.
    this.#left -= around.size >> 5;
    const problems = this.#problems.length;
    const { values } = this.graph(graph, around);
    // A branch that is not taken may not fit.
    this.#problems.length = problems;
    return graph.outputs.map((output) => refine(values.get(output.name) ?? UNKNOWN, output));
  }

  /** An operator that the file defines: its nodes with the call's inputs and attributes. */
  #call({ inputs, outputs, nodes }: GraphFunction, node: Node, given: readonly (Fact | undefined)[]): Made {
    const values = new Map(inputs.map((name, i) => [name, given[i] ?? UNKNOWN]));
    const inferred = inOrder(nodes.map((each) => bind(each, node))).sorted.map((each) => this.#node(each, values, new Map()));
    const costs = inferred.map(({ made }) => (made === undefined ? undefined : (made.multiplyAdds ?? 0)));
    const multiplyAdds = costs.reduce((sum, cost) => (sum === undefined || cost === undefined ? undefined : sum + cost), 0);
    return { outputs: outputs.map((name) => values.get(name) ?? UNKNOWN), multiplyAdds };
  }
}

/** Attributes that refer to those of the call become them; without one they are left out. */
function bind(node: Node, call: Node): Node {
  const attributes = [...node.attributes].flatMap(([name, attribute]) => {
    const meant = attribute.reference === "" ? attribute : call.attributes.get(attribute.reference);
    return meant ? [[name, meant] as const] : [];
  });
  return { ...node, attributes: new Map(attributes) };
}

/** What was inferred; what it leaves open is taken from what the file says. */
function refine(inferred: Fact, declared: Fact | undefined): Fact {
  if (declared === undefined) return inferred;
  const dtype = inferred.dtype ?? declared.dtype;
  if (inferred.shape === undefined) return { ...inferred, dtype, shape: declared.shape };
  if (inferred.shape.length !== declared.shape?.length) return { ...inferred, dtype };
  return { ...inferred, dtype, shape: inferred.shape.map((size, axis) => size ?? declared.shape?.[axis]) };
}

/** Sizes count: no runtime makes less than nothing, half a row, or more than numbers can say. */
function isAbsurd(size: Size): boolean {
  return size !== undefined && !(Number.isSafeInteger(size) && size >= 0);
}

/** "Conv /features/conv1", as problems name a node. */
export function title({ operator, name, outputs }: Node): string {
  return `${operator} ${name || (outputs.find((output) => output !== "") ?? "")}`.trim();
}
