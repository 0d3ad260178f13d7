import { findNodeAtLocation, type Node } from "jsonc-parser";
import type { TextRange } from "../../base/text.js";

/** A property as it is typed; the value is missing while it is being typed. */
export interface Property {
  readonly key: Node;
  readonly value: Node | undefined;
}

export function rangeOf(node: Node): TextRange {
  return { start: node.offset, end: node.offset + node.length };
}

/** Properties of an object by key; of equal keys the last, as JSON.parse has it. */
export function propertiesOf(node: Node | undefined): ReadonlyMap<string, Property> {
  const properties = new Map<string, Property>();
  if (node?.type !== "object") return properties;
  for (const { children: [key, value] = [] } of node.children ?? []) {
    if (key) properties.set(String(key.value), { key, value });
  }
  return properties;
}

/** The plain JSON of a node; objects have no prototype, so that no key means more than itself. */
export function jsonOf(node: Node | undefined): unknown {
  if (node?.type === "array") return (node.children ?? []).map(jsonOf);
  if (node?.type !== "object") return node?.value;
  const entries: Record<string, unknown> = Object.create(null);
  for (const [key, { value }] of propertiesOf(node)) entries[key] = jsonOf(value);
  return entries;
}

/** Where something inside a node stands: a value, or the key of one. Without it the nearest thing around that exists. */
export function locate(node: Node, path: readonly (string | number)[], target: "key" | "value"): TextRange {
  for (let length = path.length; length > 0; length--) {
    const found = findNodeAtLocation(node, path.slice(0, length));
    if (!found) continue;
    const key = found.parent?.type === "property" ? found.parent.children?.[0] : undefined;
    return rangeOf(target === "key" && length === path.length && key ? key : found);
  }
  return rangeOf(node);
}
