import type { SyntaxNode } from "../node.js";
import type { ClassTree, FunctionTree } from "../tree.js";
import { argumentsOf } from "./collections.js";
import { fieldOf, fieldsOf, rangeOf, type Translate } from "./nodes.js";
import { parametersOf } from "./parameters.js";

/** Without its decorators, which stand before it. */
export function functionOf(node: SyntaxNode, translate: Translate): FunctionTree {
  const parameters = parametersOf(fieldOf(node, "parameters"), translate);
  const { result: body, yields } = translate.own(() => bodyOf(node, translate));
  return { ...nameOf(node), parameters, body, decorators: [], ...(yields && { isGenerator: true }), range: rangeOf(node) };
}

/** Without its decorators, which stand before it. */
export function classOf(node: SyntaxNode, translate: Translate): ClassTree {
  const bases = argumentsOf(fieldOf(node, "superclasses"), translate);
  const { result: body } = translate.own(() => bodyOf(node, translate));
  return { ...nameOf(node), bases, decorators: [], body, range: rangeOf(node) };
}

function bodyOf(node: SyntaxNode, translate: Translate) {
  return fieldsOf(node, "body").flatMap((block) => translate.statements(block.children));
}

function nameOf(node: SyntaxNode) {
  const name = fieldOf(node, "name");
  return { name: name?.text ?? "", nameRange: rangeOf(name ?? node) };
}
