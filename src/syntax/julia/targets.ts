import type { SyntaxNode } from "../node.js";
import type { Target } from "../tree.js";
import { indicesOf } from "./collections.js";
import { partsOf, rangeOf, type Translate } from "./nodes.js";

/** What is assigned to: a name, a field, an entry, or a tuple that takes the value apart. */
export function targetOf(node: SyntaxNode, julia: Translate): Target {
  const range = rangeOf(node);
  const parts = partsOf(node);
  const [first, second] = parts;
  switch (node.type) {
    case "identifier":
      return { kind: "name", name: node.text, range };
    case "typed_expression":
    case "parenthesized_expression":
      return first ? targetOf(first, julia) : { kind: "unknown", range };
    case "field_expression":
      if (!first || !second) break;
      return { kind: "attribute", object: julia.expression(first), name: second.text, range };
    case "index_expression": {
      if (!first || !second) break;
      const object = julia.expression(first);
      return { kind: "index", object, indices: indicesOf(second, object, julia), range };
    }
    case "splat_expression":
      return { kind: "rest", target: first ? targetOf(first, julia) : { kind: "unknown", range }, range };
    case "open_tuple":
    case "tuple_expression":
      if (node.children.some(({ type }) => type === ";")) {
        const fields = parts.map((part) => ({ name: part.text, target: targetOf(part, julia) }));
        return { kind: "fields", fields, range };
      }
      return { kind: "tuple", targets: parts.map((part) => targetOf(part, julia)), range };
  }
  return { kind: "unknown", range };
}
