import type { SyntaxNode } from "../node.js";
import type { FunctionTree, Parameter, Statement, Target } from "../tree.js";
import { fieldOf, hasToken, partsOf, rangeOf, type Translate } from "./nodes.js";

/** Function declarations and expressions, arrows and methods. Promises are their values, so `async` says nothing. */
export function functionOf(node: SyntaxNode, js: Translate): FunctionTree {
  const name = fieldOf(node, "name");
  const parameters = parametersOf(node, js);
  return {
    name: name?.text ?? "",
    nameRange: rangeOf(name ?? node),
    parameters,
    body: bodyOf(node, js, parameters),
    decorators: [],
    ...(hasToken(node, "*") && { isGenerator: true as const }),
    ...(node.type === "arrow_function" && { arrow: true as const }),
    range: rangeOf(node),
  };
}

/** Those of a function, each with what it is when it is not given. */
export function parametersOf(node: SyntaxNode, js: Translate): Parameter[] {
  const single = fieldOf(node, "parameter");
  const list = fieldOf(node, "parameters");
  const nodes = single ? [single] : list ? partsOf(list) : [];
  return nodes
    .filter((part) => part.type !== "decorator" && fieldOf(part, "pattern")?.type !== "this")
    .map((part) => parameterOf(part, js));
}

/** TypeScript wraps the pattern with its type and default value; JavaScript has the pattern alone. */
function parameterOf(node: SyntaxNode, js: Translate): Parameter {
  const pattern = fieldOf(node, "pattern") ?? node;
  const value = fieldOf(node, "value");
  const target = js.target(pattern);
  const parameter = parameterFrom(target);
  return value ? { ...parameter, fallback: js.expression(value) } : parameter;
}

function parameterFrom(target: Target): Parameter {
  switch (target.kind) {
    case "name":
      return { name: target.name, kind: "normal" };
    case "rest":
      return { ...parameterFrom(target.target), kind: "rest" };
    case "fallback":
      return { ...parameterFrom(target.target), fallback: target.fallback };
    default:
      return { name: "", target, kind: "normal" };
  }
}

function bodyOf(node: SyntaxNode, js: Translate, parameters: readonly Parameter[]): Statement[] {
  const body = fieldOf(node, "body");
  if (!body) return [];
  if (body.type !== "statement_block") return [{ kind: "return", value: js.expression(body), range: rangeOf(body) }];
  return js.body(partsOf(body), new Set(parameters.map(({ name }) => name)));
}
