import type { TextRange } from "../../base/text.js";
import type { SyntaxNode } from "../node.js";
import type { Argument, ClassTree, Expression, FunctionTree, Statement, Target } from "../tree.js";

/** The parts of the translation know one another by this alone: expressions hold functions, functions statements, statements expressions. */
export interface Translate {
  expression(node: SyntaxNode): Expression;
  target(node: SyntaxNode): Target;
  /** The statements of a block: imports and functions come first, as JavaScript hoists them. */
  statements(nodes: readonly SyntaxNode[]): Statement[];
  /** The body of a function or module: `var` declares its names here, wherever it stands inside. */
  body(nodes: readonly SyntaxNode[], parameters: ReadonlySet<string>): Statement[];
  /** Notes a name that `var` declares somewhere in the body that is being translated. */
  hoist(name: string, range: TextRange): void;
  functionTree(node: SyntaxNode): FunctionTree;
  classTree(node: SyntaxNode): ClassTree;
}

export function rangeOf(node: SyntaxNode): TextRange {
  return { start: node.startIndex, end: node.endIndex };
}

/** The named children that mean something to the program. */
export function partsOf(node: SyntaxNode): SyntaxNode[] {
  return node.namedChildren.filter((child) => !child.isError && !isComment(child));
}

export function isComment({ type }: SyntaxNode): boolean {
  return type === "comment" || type === "html_comment";
}

export function fieldOf(node: SyntaxNode, name: string): SyntaxNode | undefined {
  return node.childForFieldName(name) ?? undefined;
}

/** Whether a keyword or sign ("static", "get", "*") is among a node's own children. */
export function hasToken(node: SyntaxNode, token: string): boolean {
  return node.children.some(({ type }) => type === token);
}

/** Calls a function of ours that stands for something without a name in the language. */
export function nativeCall(callee: string, values: readonly Expression[], range: TextRange): Expression {
  const args = values.map((value): Argument => ({ kind: "positional", value }));
  return { kind: "call", callee: { kind: "name", name: callee, range }, args, range };
}
