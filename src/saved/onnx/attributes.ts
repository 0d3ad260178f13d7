import type { Attribute as GraphAttribute, Node } from "../../frameworks/onnx/graph.js";
import type { Attribute } from "../../interpret/trace.js";

/** An operator's attributes as people read them; tensors and graphs inside by their kind alone. */
export function attributesOf({ attributes }: Node): Attribute[] {
  return [...attributes].map(([name, attribute]) => ({ name, value: valueText(attribute) }));
}

function valueText({ number, text, numbers, texts, tensor, graph }: GraphAttribute): string {
  if (tensor) return `${tensor.dtype ?? "unknown"} of shape [${tensor.shape?.map((size) => size ?? "?").join(", ") ?? "?"}]`;
  if (graph) return `a graph of ${graph.nodes.length} nodes`;
  if (texts.length > 0) return `[${texts.join(", ")}]`;
  if (numbers.length > 0) return `[${numbers.join(", ")}]`;
  return number === undefined ? text : String(number);
}
