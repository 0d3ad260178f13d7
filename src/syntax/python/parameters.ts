import type { SyntaxNode } from "../node.js";
import type { Parameter } from "../tree.js";
import { fieldOf, partsOf, type Translate } from "./nodes.js";

/** (a, /, b: int = 2, *rest, c, **named) */
export function parametersOf(list: SyntaxNode | undefined, translate: Translate): Parameter[] {
  const parameters: Parameter[] = [];
  let kind: Parameter["kind"] = "normal";
  for (const node of list ? partsOf(list) : []) {
    if (node.type === "positional_separator") {
      for (const [at, earlier] of parameters.entries()) parameters[at] = { ...earlier, kind: "positionalOnly" };
    } else if (node.type === "keyword_separator") kind = "namedOnly";
    else {
      const parameter = parameterOf(node, kind, translate);
      if (parameter.kind === "rest") kind = "namedOnly";
      parameters.push(parameter);
    }
  }
  return parameters;
}

function parameterOf(node: SyntaxNode, kind: Parameter["kind"], translate: Translate): Parameter {
  const annotation = fieldOf(node, "type");
  const fallback = fieldOf(node, "value");
  const pattern = fieldOf(node, "name") ?? (node.type === "typed_parameter" ? partsOf(node)[0] : node) ?? node;
  return {
    ...named(pattern, kind, translate),
    ...(fallback && { fallback: translate.expression(fallback) }),
    ...(annotation && { annotation: translate.expression(annotation) }),
  };
}

function named(node: SyntaxNode, kind: Parameter["kind"], translate: Translate): Parameter {
  if (node.type === "identifier") return { name: node.text, kind };
  const name = partsOf(node)[0]?.text ?? "";
  if (node.type === "list_splat_pattern") return { name, kind: "rest" };
  if (node.type === "dictionary_splat_pattern") return { name, kind: "namedRest" };
  return { name: node.text, kind, target: translate.target(node) };
}
