import type { SyntaxNode } from "../node.js";
import type { Expression } from "../tree.js";
import { partsOf, rangeOf, type Translate, unreadable } from "./nodes.js";

/** A type as written: `Vector{<:Tuple}` is the index of `Vector` by what stands in braces. */
export function typeOf(node: SyntaxNode, julia: Translate): Expression {
  const parts = partsOf(node);
  const [first, second] = parts;
  switch (node.type) {
    case "parametrized_type_expression":
      if (!first || !second) break;
      return {
        kind: "index",
        object: typeOf(first, julia),
        indices: partsOf(second).map((part) => typeOf(part, julia)),
        range: rangeOf(node),
      };
    case "unary_expression":
    case "where_expression":
    case "parenthesized_expression": {
      // <:Integer is as good as Integer to us.
      const inner = parts.find(({ type }) => type !== "operator");
      if (inner) return typeOf(inner, julia);
      break;
    }
    case "identifier":
    case "field_expression":
    case "integer_literal":
    case "quote_expression":
      return julia.expression(node);
  }
  return unreadable(node);
}
