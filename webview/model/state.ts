import type {
  KernelPlanes,
  ModelGraph,
  ModelNode,
  NodeDetails,
  TensorNumbers,
  TensorSummary,
  ToModelPanel,
} from "../../src/protocol/modelPanel.js";

/** What is looked at: a node, or a tensor of a model that has no nodes. */
export interface Selection {
  readonly kind: "node" | "tensor";
  readonly index: number;
}

/** What was told of a tensor since it was asked for. */
export interface TensorFacts {
  readonly summary?: TensorSummary;
  readonly numbers?: TensorNumbers;
  readonly kernels?: KernelPlanes;
  readonly failure?: string;
}

/** What the host said so far, and what is selected. */
export interface ModelState {
  /** Undefined until the first model. */
  readonly graph: ModelGraph | undefined;
  /** What the host finds the model by again after a reload. */
  readonly origin: string;
  /** Why the file cannot be read now; the graph is then the last good one. */
  readonly failure: string | undefined;
  readonly selection: Selection | undefined;
  /** Of the selected node; while newer ones are on the way, those of before. */
  readonly details: NodeDetails | undefined;
  /** Grows when details are wanted that nobody asked for yet. */
  readonly wanted: number;
  /** Grows when the selection should come into sight. */
  readonly revealed: number;
  readonly tensors: ReadonlyMap<number, TensorFacts>;
}

export const INITIAL: ModelState = {
  graph: undefined,
  origin: "",
  failure: undefined,
  selection: undefined,
  details: undefined,
  wanted: 0,
  revealed: 0,
  tensors: new Map(),
};

/** The user's own choice; undefined: nothing. */
export interface Choose {
  readonly type: "choose";
  readonly selection: Selection | undefined;
}

/** The state after a message or a choice. Pure; what did not change keeps its identity. */
export function reduce(state: ModelState, message: ToModelPanel | Choose): ModelState {
  switch (message.type) {
    case "model":
      return withModel({ ...state, origin: message.origin }, message.graph);
    case "failed":
      return { ...state, failure: message.message };
    case "details":
      return isSelected(state, message.details.node) ? { ...state, details: message.details } : state;
    case "summary":
      return withFacts(state, message.summary.tensor, { summary: message.summary });
    case "numbers":
      return withFacts(state, message.numbers.tensor, { numbers: message.numbers });
    case "kernels":
      return withFacts(state, message.kernels.tensor, { kernels: message.kernels });
    case "tensorFailed":
      return withFacts(state, message.tensor, { failure: message.message });
    case "select": {
      if (state.graph?.nodes[message.node] === undefined || isSelected(state, message.node)) return state;
      const selected = selectNode(state, message.node);
      return { ...selected, wanted: state.wanted + 1, revealed: state.revealed + 1 };
    }
    case "choose":
      return { ...state, selection: message.selection, details: undefined };
  }
}

function isSelected({ selection }: Pick<ModelState, "selection">, node: number): boolean {
  return selection?.kind === "node" && selection.index === node;
}

function selectNode(state: ModelState, node: number): ModelState {
  return { ...state, selection: { kind: "node", index: node }, details: undefined };
}

/** A new model of the same file: the selected node stays selected, by what it is called, and its details until the new ones come. */
function withModel(state: ModelState, graph: ModelGraph): ModelState {
  const next = { ...state, graph, failure: undefined, tensors: INITIAL.tensors };
  const { selection } = state;
  if (selection === undefined) return next;
  if (selection.kind === "tensor") {
    const name = state.graph?.tensors[selection.index]?.name;
    const index = graph.tensors.findIndex((tensor) => tensor.name === name);
    return { ...next, selection: index < 0 || graph.nodes.length > 0 ? undefined : { kind: "tensor", index } };
  }
  const before = state.graph?.nodes[selection.index];
  const index = before && findNode(graph.nodes, before, selection.index);
  if (index === undefined) return { ...next, selection: undefined, details: undefined };
  return { ...next, selection: { kind: "node", index }, wanted: state.wanted + 1 };
}

/** The node of that name and type; of several, or none with a name, the one at the same place. */
export function findNode(nodes: readonly ModelNode[], { name, type }: Pick<ModelNode, "name" | "type">, place: number): number | undefined {
  const isIt = (node: ModelNode | undefined) => node !== undefined && node.name === name && node.type === type;
  if (isIt(nodes[place])) return place;
  const index = name === "" ? -1 : nodes.findIndex(isIt);
  return index < 0 ? undefined : index;
}

function withFacts(state: ModelState, tensor: number, facts: TensorFacts): ModelState {
  return { ...state, tensors: new Map(state.tensors).set(tensor, { ...state.tensors.get(tensor), ...facts }) };
}
