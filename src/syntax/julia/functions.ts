import type { TextRange } from "../../base/text.js";
import type { SyntaxNode } from "../node.js";
import type { Expression, FunctionTree, Parameter, Statement } from "../tree.js";
import { partsOf, rangeOf, type Translate } from "./nodes.js";
import { returning } from "./returning.js";
import { typeOf } from "./types.js";

/** What stands before the body: name, parameters, and for methods of callables their type. */
interface Signature {
  readonly name: string;
  readonly nameRange: TextRange;
  readonly parameters: readonly Parameter[];
  readonly callableOf?: Expression;
}

/** `function f(x) ... end`, also without a name. Undefined where it only says that there is a function `f`. */
export function definedFunction(node: SyntaxNode, julia: Translate): FunctionTree | undefined {
  const head = partsOf(node).find(({ type }) => type === "signature");
  const [inner] = head ? partsOf(head) : [];
  const signature = inner && signatureOf(inner, julia);
  if (!signature) return undefined;
  const body = returning(julia.statements(partsOf(node).filter((part) => part !== head)));
  return { ...signature, body, decorators: [], range: rangeOf(node) };
}

/** f(x) = ... */
export function shortFunction(node: SyntaxNode, julia: Translate): FunctionTree | undefined {
  const [left, , right] = partsOf(node);
  const signature = left && signatureOf(left, julia);
  if (!signature || !right) return undefined;
  return { ...signature, body: returning(julia.statements([right])), decorators: [], range: rangeOf(node) };
}

/** Whether the left side of an assignment defines a function. */
export function isSignature(left: SyntaxNode): boolean {
  if (left.type === "call_expression") return true;
  const [inner] = partsOf(left);
  return (left.type === "where_expression" || left.type === "typed_expression") && inner !== undefined && isSignature(inner);
}

/** x -> ..., (x, y; k = 1) -> ... */
export function arrowFunction(node: SyntaxNode, julia: Translate): FunctionTree {
  const [parameters, body] = partsOf(node);
  const range = rangeOf(node);
  return {
    name: "",
    nameRange: range,
    parameters: parameters ? parametersOf(parameters, julia) : [],
    body: body ? returning(julia.statements([body])) : [],
    decorators: [],
    range,
  };
}

/** do x, y ... end */
export function doFunction(node: SyntaxNode, julia: Translate): FunctionTree {
  const parts = partsOf(node);
  const list = parts.find(({ type }) => type === "argument_list");
  return {
    name: "",
    nameRange: rangeOf(node),
    parameters: list ? parametersOf(list, julia) : [],
    body: returning(julia.statements(parts.filter((part) => part !== list))),
    decorators: [],
    range: rangeOf(node),
  };
}

function signatureOf(node: SyntaxNode, julia: Translate): Signature | undefined {
  const parts = partsOf(node);
  const [first] = parts;
  if (!first) return undefined;
  if (node.type === "where_expression" || node.type === "typed_expression") return signatureOf(first, julia);
  if (node.type === "argument_list" || node.type === "tuple_expression") {
    return { name: "", nameRange: rangeOf(node), parameters: parametersOf(node, julia) };
  }
  const list = parts.find(({ type }) => type === "argument_list");
  if (node.type !== "call_expression" || !list) return undefined;
  const parameters = parametersOf(list, julia);
  const nameRange = rangeOf(first);
  const [receiver] = first.type === "parenthesized_expression" ? partsOf(first) : [];
  if (receiver) {
    const self = parameterOf(receiver, "normal", julia);
    return { name: "", nameRange, parameters: [self, ...parameters], ...(self.annotation && { callableOf: self.annotation }) };
  }
  const [generic] = first.type === "parametrized_type_expression" ? partsOf(first) : [first];
  return { name: (generic ?? first).text, nameRange, parameters };
}

function parametersOf(list: SyntaxNode, julia: Translate): Parameter[] {
  if (list.type === "identifier" || list.type === "typed_expression") return [parameterOf(list, "normal", julia)];
  const parts = partsOf(list);
  let kind: "normal" | "namedOnly" = "normal";
  const parameters: Parameter[] = [];
  for (const child of list.children) {
    if (child.type === ";") kind = "namedOnly";
    if (parts.includes(child)) parameters.push(parameterOf(child, kind, julia));
  }
  return parameters;
}

/** x, x::Int, ::Int, x = 1, xs..., (a, b) */
export function parameterOf(node: SyntaxNode, kind: "normal" | "namedOnly", julia: Translate): Parameter {
  const parts = partsOf(node);
  const [first] = parts;
  const last = parts.at(-1);
  switch (node.type) {
    case "typed_expression":
      if (first && last) return { ...parameterOf(first, kind, julia), annotation: typeOf(last, julia) };
      break;
    case "unary_typed_expression":
      if (last) return { name: "", kind, annotation: typeOf(last, julia) };
      break;
    case "named_argument":
    case "assignment":
      if (first && last) return { ...parameterOf(first, kind, julia), fallback: julia.expression(last) };
      break;
    case "splat_expression":
      if (first) return { ...parameterOf(first, kind, julia), kind: kind === "namedOnly" ? "namedRest" : "rest" };
      break;
    case "tuple_expression":
      return { name: "", target: julia.target(node), kind };
    case "macrocall_expression":
      // @nospecialize(x)
      if (last && partsOf(last)[0]) return parameterOf(partsOf(last)[0] ?? last, kind, julia);
  }
  return { name: node.type === "identifier" ? node.text : "", kind };
}

/** A function as a statement binds its name; a method of a callable belongs to its type. */
export function functionStatement(tree: FunctionTree | undefined): Statement[] {
  return tree ? [{ kind: "function", function: tree, range: tree.range }] : [];
}
