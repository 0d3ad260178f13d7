import type { SyntaxNode } from "../node.js";
import type { Argument, ClassTree, Expression, Statement } from "../tree.js";
import { isSignature, parameterOf } from "./functions.js";
import { partsOf, rangeOf, type Translate } from "./nodes.js";
import { typeOf } from "./types.js";

/** struct Name{T} <: Base: its fields, and as its body the inner constructors. Abstract types have neither. */
export function structOf(node: SyntaxNode, decorators: readonly Expression[], julia: Translate): ClassTree {
  const parts = partsOf(node);
  const head = parts.find(({ type }) => type === "type_head");
  const [inner = head] = head ? partsOf(head) : [];
  const [type, , base] = inner?.type === "binary_expression" ? partsOf(inner) : [inner];
  const [generic = type] = type?.type === "parametrized_type_expression" ? partsOf(type) : [type];
  const bases = base ? [{ kind: "positional" as const, value: typeOf(generics(base), julia) } satisfies Argument] : [];
  const members = parts.filter((part) => part !== head);
  return {
    name: generic?.text ?? "",
    nameRange: rangeOf(generic ?? node),
    bases,
    decorators,
    body: members.filter(isConstructor).flatMap((part): Statement[] => julia.statements([part])),
    ...(node.type === "struct_definition" && {
      fields: members
        .map(fieldOf)
        .filter(isField)
        .map((part) => parameterOf(part, "normal", julia)),
    }),
    range: rangeOf(node),
  };
}

function generics(base: SyntaxNode): SyntaxNode {
  return base.type === "parametrized_type_expression" ? (partsOf(base)[0] ?? base) : base;
}

/** `const x::Int` in a mutable struct. */
function fieldOf(node: SyntaxNode): SyntaxNode {
  return node.type === "const_statement" ? (partsOf(node)[0] ?? node) : node;
}

function isConstructor(node: SyntaxNode): boolean {
  const [left] = partsOf(node);
  return node.type === "function_definition" || (node.type === "assignment" && left !== undefined && isSignature(left));
}

function isField(node: SyntaxNode): boolean {
  return ["identifier", "typed_expression", "assignment"].includes(node.type) && !isConstructor(node);
}
