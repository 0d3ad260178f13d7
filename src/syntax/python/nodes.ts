import type { TextRange } from "../../base/text.js";
import type { SyntaxNode } from "../node.js";
import type { ClassTree, Expression, FunctionTree, Statement, Target } from "../tree.js";

/** The parts of the translation know one another by this alone: expressions hold functions, functions statements, statements expressions. */
export interface Translate {
  expression(node: SyntaxNode): Expression;
  target(node: SyntaxNode): Target;
  statements(nodes: readonly SyntaxNode[]): Statement[];
  functionTree(node: SyntaxNode, decorators: readonly Expression[]): FunctionTree;
  classTree(node: SyntaxNode, decorators: readonly Expression[]): ClassTree;
  /** Translates a function's own body, and tells whether it yields. */
  own<T>(translate: () => T): { readonly result: T; readonly yields: boolean };
  /** The function whose body is being translated yields. */
  yields(): void;
}

export function rangeOf(node: SyntaxNode): TextRange {
  return { start: node.startIndex, end: node.endIndex };
}

/** The named children that mean something to the program. */
export function partsOf(node: SyntaxNode): readonly SyntaxNode[] {
  return node.namedChildren.filter(({ type }) => type !== "comment" && type !== "line_continuation" && type !== "ERROR");
}

/** The children in a field that mean something, commas and comments left out. */
export function fieldsOf(node: SyntaxNode, name: string): readonly SyntaxNode[] {
  return node.childrenForFieldName(name).filter(({ isNamed, type }) => isNamed && type !== "comment");
}

export function fieldOf(node: SyntaxNode, name: string): SyntaxNode | undefined {
  return node.childForFieldName(name) ?? undefined;
}

export function unreadable(node: SyntaxNode): Expression {
  return { kind: "unknown", text: node.text.slice(0, 80), range: rangeOf(node) };
}

/** The expression in a field; unknown where the text is broken and there is none. */
export function part(node: SyntaxNode, field: string, translate: Translate): Expression {
  const child = fieldOf(node, field);
  return child ? translate.expression(child) : unreadable(node);
}
