import type { SyntaxNode } from "../node.js";
import type { Expression } from "../tree.js";
import { stringOf } from "./literals.js";
import { fieldOf, hasToken, partsOf, rangeOf, type Translate } from "./nodes.js";

type Entry = Extract<Expression, { kind: "dictionary" }>["entries"][number];

/** { a, b: 1, "c": 2, [d]: 3, e() {}, ...f }. Getters are not called: their values are unknown. */
export function objectOf(node: SyntaxNode, js: Translate): Expression {
  return { kind: "dictionary", entries: partsOf(node).flatMap((part) => entryOf(part, js)), range: rangeOf(node) };
}

function entryOf(node: SyntaxNode, js: Translate): Entry[] {
  const range = rangeOf(node);
  switch (node.type) {
    case "shorthand_property_identifier":
      return [{ key: { kind: "string", value: node.text, range }, value: { kind: "name", name: node.text, range } }];
    case "spread_element":
      return partsOf(node).map((value) => ({ key: undefined, value: js.expression(value) }));
    case "pair": {
      const key = fieldOf(node, "key");
      const value = fieldOf(node, "value");
      return key && value ? [{ key: keyOf(key, js), value: js.expression(value) }] : [];
    }
    case "method_definition": {
      const key = fieldOf(node, "name");
      if (!key) return [];
      const accessor = hasToken(node, "get") || hasToken(node, "set");
      const value: Expression = accessor
        ? { kind: "unknown", text: key.text, range }
        : { kind: "function", function: js.functionTree(node), range };
      return [{ key: keyOf(key, js), value }];
    }
    default:
      return [];
  }
}

function keyOf(node: SyntaxNode, js: Translate): Expression {
  if (node.type === "computed_property_name") return js.expression(partsOf(node)[0] ?? node);
  return { kind: "string", value: node.type === "string" ? stringOf(node) : node.text, range: rangeOf(node) };
}
