import { findNodeAtLocation, type Node } from "jsonc-parser";
import type { TextRange } from "../../base/text.js";

/** A property as it is typed; the value is missing while it is being typed. */
export interface Property {
  readonly key: Node;
  readonly value: Node | undefined;
}

/** A layer as it is typed. */
export interface LayerNode {
  readonly node: Node;
  readonly properties: ReadonlyMap<string, Property>;
}

export function rangeOf(node: Node): TextRange {
  return { start: node.offset, end: node.offset + node.length };
}

/** Properties of an object by key; of equal keys the last, as JSON.parse has it. */
export function propertiesOf(node: Node | undefined): ReadonlyMap<string, Property> {
  const properties = new Map<string, Property>();
  if (node?.type !== "object") return properties;
  for (const { children } of node.children ?? []) {
    const key = children?.[0];
    if (key) properties.set(String(key.value), { key, value: children[1] });
  }
  return properties;
}

/** An object's plain JSON, from its properties; a key "__proto__" is a key like any other. */
export function entriesOf(properties: ReadonlyMap<string, Property>): Readonly<Record<string, unknown>> {
  const entries: [string, unknown][] = [];
  for (const [key, { value }] of properties) entries.push([key, jsonOf(value)]);
  return Object.fromEntries(entries);
}

/** The plain JSON of a node. */
export function jsonOf(node: Node | undefined): unknown {
  if (node?.type === "array") return (node.children ?? []).map(jsonOf);
  return node?.type === "object" ? entriesOf(propertiesOf(node)) : node?.value;
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
