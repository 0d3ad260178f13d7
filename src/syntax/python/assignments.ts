import type { SyntaxNode } from "../node.js";
import type { Statement, Target } from "../tree.js";
import { fieldOf, part, rangeOf, type Translate } from "./nodes.js";
import { isBinary } from "./operators.js";

/** a = b = value; a: annotation = value; a: annotation */
export function assignment(node: SyntaxNode, translate: Translate): Statement {
  const targets: Target[] = [];
  const annotation = fieldOf(node, "type");
  let value: SyntaxNode | undefined = node;
  while (value?.type === "assignment") {
    const left = fieldOf(value, "left");
    if (left) targets.push(translate.target(left));
    value = fieldOf(value, "right");
  }
  return {
    kind: "assign",
    targets,
    ...(value && { value: translate.expression(value) }),
    ...(annotation && { annotation: translate.expression(annotation) }),
    range: rangeOf(node),
  };
}

export function augmented(node: SyntaxNode, translate: Translate): readonly Statement[] {
  const left = fieldOf(node, "left");
  const operator = fieldOf(node, "operator")?.text.slice(0, -1) ?? "";
  if (!left || !isBinary(operator)) return [];
  return [{ kind: "augmented", target: translate.target(left), operator, value: part(node, "right", translate), range: rangeOf(node) }];
}
