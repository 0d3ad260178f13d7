import type { Tensor } from "../../../interpret/tensor.js";
import type { Call, InstanceValue, Value } from "../../../interpret/values.js";
import { KerasTensor, tensorsIn, withTensors } from "./tensors.js";

/** Something applied to symbolic tensors, as functional models are made of. */
export interface GraphNode {
  /** The layer or model; undefined for functions. */
  readonly layer: InstanceValue | undefined;
  readonly inputs: readonly Value[];
  readonly result: Value;
  /** A layer of the program's own: what it does inside with other tensors than its inputs is done again with it. */
  readonly isWhole?: boolean;
  /** Does it again with other inputs. */
  readonly run: (inputs: readonly Value[], call: Call) => Value;
}

const makers = new WeakMap<Tensor, GraphNode>();
const firstNodes = new WeakMap<InstanceValue, GraphNode>();

export function addNode(node: GraphNode): void {
  const given = new Set(node.isWhole ? tensorsIn(node.inputs) : []);
  for (const tensor of tensorsIn([node.result])) {
    if (!makers.has(tensor) || (node.isWhole && !given.has(tensor))) makers.set(tensor, node);
  }
  if (node.layer && !firstNodes.has(node.layer)) firstNodes.set(node.layer, node);
}

/** A layer that only stands for an input: this tensor is its `input` and `output`, and goes on being made by nothing. */
export function standFor(layer: InstanceValue, input: Value): void {
  firstNodes.set(layer, { layer, inputs: [input], result: input, run: () => input });
}

/** Where a layer was applied first: what its `input` and `output` are. */
export function firstNode(layer: InstanceValue): GraphNode | undefined {
  return firstNodes.get(layer);
}

/** Tensors of inputs that make these outputs and were made by nothing themselves. */
export function sourcesOf(outputs: Value): Tensor[] {
  return traverse(outputs, new Set()).sources;
}

/** Layers of what makes the outputs out of the inputs, as Keras lists them: by depth, and within one as a walk back from the outputs meets them. */
export function layersBetween(inputs: Value, outputs: Value): InstanceValue[] {
  const { nodes } = traverse(outputs, new Set(tensorsIn([inputs])));
  const depths = depthsOf(nodes);
  const inOrder = nodes.sort((a, b) => (depths.get(b) ?? 0) - (depths.get(a) ?? 0));
  return [...new Set(inOrder.flatMap(({ layer }) => layer ?? []))];
}

/** What makes the outputs out of the inputs, in the order Keras runs it: by depth, and within one in the order `depthsOf` meets them. */
function nodesBetween(inputs: Value, outputs: Value): GraphNode[] {
  const { nodes } = traverse(outputs, new Set(tensorsIn([inputs])));
  return [...depthsOf(nodes)].sort(([, a], [, b]) => b - a).map(([node]) => node);
}

/** The longest way from each of these to an output, a layer's greatest for all its nodes; met in Keras' order, from the outputs back. */
function depthsOf(nodes: readonly GraphNode[]): Map<GraphNode, number> {
  const depths = new Map<GraphNode, number>();
  const ofLayers = new Map<InstanceValue, number>();
  const among = new Set(nodes);
  for (const node of [...nodes].reverse()) {
    const { layer } = node;
    const depth = Math.max(depths.get(node) ?? 0, (layer && ofLayers.get(layer)) ?? 0);
    depths.set(node, depth);
    if (layer) ofLayers.set(layer, depth);
    for (const tensor of tensorsIn(node.inputs)) {
      const maker = makers.get(tensor);
      if (maker && among.has(maker)) depths.set(maker, Math.max(depths.get(maker) ?? 0, depth + 1));
    }
  }
  return depths;
}

/** Nodes before all that use them. Without recursion, as graphs may be long. */
function traverse(outputs: Value, given: ReadonlySet<Tensor>): { nodes: GraphNode[]; sources: Tensor[] } {
  const nodes: GraphNode[] = [];
  const sources: Tensor[] = [];
  const seen = new Set<GraphNode | Tensor>();
  const open: { readonly node: GraphNode; readonly tensors: Tensor[] }[] = [];
  const visit = (tensor: Tensor) => {
    const node = given.has(tensor) ? undefined : makers.get(tensor);
    if (seen.has(node ?? tensor)) return;
    seen.add(node ?? tensor);
    if (node) open.push({ node, tensors: tensorsIn(node.inputs).reverse() });
    else if (tensor instanceof KerasTensor && tensor.symbolic) sources.push(tensor);
  };
  for (const output of tensorsIn([outputs])) {
    visit(output);
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const next = top.tensors.pop();
      if (next) visit(next);
      else nodes.push((open.pop() ?? top).node);
    }
  }
  return { nodes, sources };
}

/** Runs a graph again on other tensors. */
export function runGraph(inputs: Value, outputs: Value, given: readonly Value[], call: Call): Value {
  const values = new Map<Tensor, Value>();
  tensorsIn([inputs]).forEach((tensor, i) => {
    const value = given[i];
    if (value) values.set(tensor, value);
  });
  for (const node of nodesBetween(inputs, outputs)) {
    const result = node.run(
      node.inputs.map((input) => withTensors(input, values)),
      call,
    );
    pair(node.result, result, values);
  }
  return withTensors(outputs, values);
}

/** Notes which new value stands for each tensor of an old one. */
function pair(old: Value, now: Value, values: Map<Tensor, Value>): void {
  if (old.kind === "tensor") values.set(old.tensor, now);
  else if ((old.kind === "list" || old.kind === "tuple") && (now.kind === "list" || now.kind === "tuple")) {
    old.items.forEach((item, i) => {
      const other = now.items[i];
      if (other) pair(item, other, values);
    });
  } else if (old.kind === "dictionary" && now.kind === "dictionary") {
    for (const [key, entry] of old.entries) {
      const other = now.entries.get(key);
      if (other) pair(entry.value, other.value, values);
    }
  }
}
