import type { Tensor, TensorShape } from "../../interpret/tensor.js";
import type { InstanceValue, Place, TensorValue, Value } from "../../interpret/values.js";

/** A layer or model applied to symbolic tensors: what `tf.model` is made of. */
export interface GraphNode {
  /** Nodes run in the order they were made. */
  readonly order: number;
  readonly layer: InstanceValue;
  /** A tensor, or a list of them, as the layer got it. */
  readonly argument: Value;
  readonly result: Value;
  readonly calledAt: Place;
}

const makers = new WeakMap<Tensor, GraphNode>();
const symbols = new WeakSet<Tensor>();
const firstNodes = new WeakMap<InstanceValue, GraphNode>();
let made = 0;

/** A tensor that stands for what a model will get or make (`tf.input`). */
export function symbolic(shape: TensorShape | undefined, dtype = "float32"): TensorValue {
  const tensor: Tensor = { shape, dtype };
  symbols.add(tensor);
  return { kind: "tensor", tensor };
}

export function isSymbolic(value: Value): boolean {
  return tensorsIn(value).some((tensor) => symbols.has(tensor));
}

/** Remembers what a layer made of symbolic tensors; the results are symbolic too. */
export function addNode(node: Omit<GraphNode, "order">): void {
  const numbered: GraphNode = { ...node, order: made++ };
  for (const tensor of tensorsIn(node.result)) {
    symbols.add(tensor);
    makers.set(tensor, numbered);
  }
  if (!firstNodes.has(node.layer)) firstNodes.set(node.layer, numbered);
}

/** Where a layer was applied first: what its `input` and `output` are. */
export function firstNode(layer: InstanceValue): GraphNode | undefined {
  return firstNodes.get(layer);
}

/** What makes the outputs out of the inputs, in the order it runs. */
export function nodesBetween(inputs: Value, outputs: Value): GraphNode[] {
  const given = new Set(tensorsIn(inputs));
  const found = new Set<GraphNode>();
  const open = tensorsIn(outputs);
  for (let tensor = open.pop(); tensor; tensor = open.pop()) {
    const node = given.has(tensor) ? undefined : makers.get(tensor);
    if (!node || found.has(node)) continue;
    found.add(node);
    open.push(...tensorsIn(node.argument));
  }
  return [...found].sort((a, b) => a.order - b.order);
}

/** All tensors in a value: itself, or those in a list. */
export function tensorsIn(value: Value): Tensor[] {
  if (value.kind === "tensor") return [value.tensor];
  return value.kind === "list" || value.kind === "tuple" ? value.items.flatMap(tensorsIn) : [];
}

/** The same with other tensors; those that have no other stay. */
export function withTensors(value: Value, others: ReadonlyMap<Tensor, Tensor>): Value {
  if (value.kind === "list") return { kind: "list", items: value.items.map((item) => withTensors(item, others)) };
  if (value.kind !== "tensor") return value;
  const other = others.get(value.tensor);
  return other ? { kind: "tensor", tensor: other } : value;
}
