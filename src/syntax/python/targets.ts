import type { SyntaxNode } from "../node.js";
import type { Target } from "../tree.js";
import { subscripts } from "./collections.js";
import { fieldOf, part, partsOf, rangeOf, type Translate } from "./nodes.js";

type Translation = (node: SyntaxNode, translate: Translate) => Target;

const TARGETS: Readonly<Record<string, Translation>> = {
  identifier: (node) => ({ kind: "name", name: node.text, range: rangeOf(node) }),
  attribute: (node, translate) => ({
    kind: "attribute",
    object: part(node, "object", translate),
    name: fieldOf(node, "attribute")?.text ?? "",
    range: rangeOf(node),
  }),
  subscript: (node, translate) => ({
    kind: "index",
    object: part(node, "value", translate),
    indices: subscripts(node).map((child) => translate.expression(child)),
    range: rangeOf(node),
  }),
  pattern_list: several,
  tuple_pattern: several,
  list_pattern: several,
  tuple: several,
  list: several,
  expression_list: several,
  list_splat_pattern: rest,
  list_splat: rest,
  parenthesized_expression: only,
  as_pattern_target: only,
};

/** What is assigned to; a target that isn't understood swallows its value. */
export function targetOf(node: SyntaxNode, translate: Translate): Target {
  return TARGETS[node.type]?.(node, translate) ?? { kind: "unknown", range: rangeOf(node) };
}

function several(node: SyntaxNode, translate: Translate): Target {
  return { kind: "tuple", targets: partsOf(node).map((child) => translate.target(child)), range: rangeOf(node) };
}

function rest(node: SyntaxNode, translate: Translate): Target {
  return { kind: "rest", target: only(node, translate), range: rangeOf(node) };
}

function only(node: SyntaxNode, translate: Translate): Target {
  const [inner] = partsOf(node);
  return inner ? translate.target(inner) : { kind: "unknown", range: rangeOf(node) };
}
