import { reachableNodes } from "../../program/reachable.js";
import { BATCH, type Node, type Program, type ProgramFunction, type Value, type Variable } from "../../program/types.js";
import { dtOf, Graph, type Output } from "./graph.js";
import { lower } from "./lower/lower.js";
import type { Tensor } from "./lower/lowering.js";
import { DT, type NodeDef } from "./savedModel.js";
import { lowerUpdate } from "./updates.js";

/** What is fed and fetched to call something: names of nodes. */
export interface Signature {
  readonly feeds: readonly Output[];
  readonly fetches: readonly Output[];
}

/** A variable's nodes. */
export interface VariableNodes {
  readonly handle: Output;
  /** Its value before any update of the call. */
  readonly read: Output;
  /** Fed with a new value, and done when that is set. */
  readonly write: Signature;
}

/** A whole program as one graph, so that one session holds the variables of all functions. */
export interface ProgramGraph {
  readonly nodes: readonly NodeDef[];
  readonly functions: ReadonlyMap<string, Signature>;
  readonly variables: ReadonlyMap<string, VariableNodes>;
  /** Sets every variable to zeros. */
  readonly initialize: Signature;
}

export function writeProgramGraph(program: Program): ProgramGraph {
  return new ProgramWriter(program).write();
}

class ProgramWriter {
  readonly #graph = new Graph();
  readonly #variables = new Map<string, VariableNodes>();
  readonly #tensors = new Map<number, Tensor>();

  constructor(private readonly program: Program) {}

  write(): ProgramGraph {
    const zeros = this.program.variables.map((variable) => this.#addVariable(variable));
    for (const node of this.program.nodes) this.#addNode(node);
    const functions = new Map(Object.entries(this.program.functions).map(([name, fn]) => [name, this.#addFunction(fn)]));
    return {
      nodes: this.#graph.nodes,
      functions,
      variables: this.#variables,
      initialize: { feeds: [], fetches: [this.#done(zeros)] },
    };
  }

  /** Answers the node that fills the variable with zeros. */
  #addVariable({ name, shape }: Variable): Output {
    const graph = this.#graph;
    const dtype = { type: DT.float };
    const handle = graph.add("VarHandleOp", [], { dtype, shape: { shape }, shared_name: { text: name }, container: { text: "" } });
    const read = graph.add("ReadVariableOp", [handle], { dtype });
    const fed = graph.add("Placeholder", [], { dtype, shape: { shape } });
    // A copy: what is fed belongs to JavaScript, and updates work in place.
    const copy = graph.add("DeepCopy", [fed], { T: dtype });
    const assigned = graph.add("AssignVariableOp", [handle, copy], { dtype });
    this.#variables.set(name, { handle, read, write: { feeds: [fed], fetches: [this.#done([assigned])] } });
    const zeros = graph.add("Fill", [graph.ints(shape), graph.floats([0])], { T: dtype, index_type: { type: DT.int32 } });
    return graph.add("AssignVariableOp", [handle, zeros], { dtype });
  }

  #variable(name: string): VariableNodes {
    const nodes = this.#variables.get(name);
    if (!nodes) throw new Error(`The program has no variable "${name}".`);
    return nodes;
  }

  #tensor({ id }: { readonly id: number }): Tensor {
    const tensor = this.#tensors.get(id);
    if (!tensor) throw new Error(`Value ${id} is used before it is computed.`);
    return tensor;
  }

  #addNode(node: Node): void {
    const outputs = this.#lower(node);
    for (const [i, { id, shape, dtype }] of node.outputs.entries()) {
      const output = outputs[i];
      if (output === undefined) throw new Error(`${node.operation.op} lacks output ${i}.`);
      this.#tensors.set(id, { output, shape, dtype });
    }
  }

  #lower({ operation, inputs, outputs }: Node): readonly Output[] {
    const [first] = outputs;
    if (!first) return [];
    switch (operation.op) {
      case "input":
        return [this.#placeholder(first)];
      case "variable":
        return [this.#variable(operation.name).read];
      default:
        return lower(operation, {
          graph: this.#graph,
          inputs: inputs.map((input) => this.#tensor(input)),
          outputs,
          shape: first.shape,
          seed: this.program.seed,
        });
    }
  }

  #placeholder({ shape, dtype }: Value): Output {
    return this.#graph.add("Placeholder", [], { dtype: { type: dtOf(dtype) }, shape: { shape: shape.map((d) => (d === BATCH ? -1 : d)) } });
  }

  /**
   * Updates come after the reads of this call: a value that was read is never changed, as an update copies what others still hold.
   * The first fetch waits for all of them.
   */
  #addFunction(fn: ProgramFunction): Signature {
    const reads = reachableNodes(this.program, fn).flatMap(({ operation }) =>
      operation.op === "variable" ? [`^${this.#variable(operation.name).read}`] : [],
    );
    const updates = fn.updates.map((update) =>
      lowerUpdate(
        {
          graph: this.#graph,
          handle: (variable) => this.#variable(variable).handle,
          read: (variable) => this.#variable(variable).read,
          value: (value) => this.#tensor(value).output,
          after: reads,
        },
        update,
      ),
    );
    const fetches = fn.fetches.map((value) => this.#fetch(this.#tensor(value)));
    return {
      feeds: fn.feeds.map(({ value }) => this.#tensor(value).output),
      fetches: updates.length === 0 && fetches.length > 0 ? fetches : [...fetches, this.#done(updates)],
    };
  }

  /** A node of its own, as what is fed cannot be fetched. The binding reads no bytes: they come as int32. */
  #fetch({ output, dtype }: Tensor): Output {
    if (dtype === "uint8") return this.#graph.add("Cast", [output], { SrcT: { type: DT.uint8 }, DstT: { type: DT.int32 } });
    return this.#graph.add("Identity", [output], { T: { type: dtOf(dtype) } });
  }

  /** A number that is there when the nodes have run. */
  #done(nodes: readonly Output[]): Output {
    return this.#graph.add("Identity", [this.#graph.floats([0]), ...nodes.map((node) => `^${node}`)], { T: { type: DT.float } });
  }
}
