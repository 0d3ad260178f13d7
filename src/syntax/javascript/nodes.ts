import type { Node } from "web-tree-sitter";
import type { TextRange } from "../../base/text.js";
import type { ClassTree, Expression, FunctionTree, Statement, Target } from "../tree.js";

/** The parts of the translation know one another by this alone: expressions hold functions, functions statements, statements expressions. */
export interface Translate {
  expression(node: Node): Expression;
  target(node: Node): Target;
  /** The statements of a block: imports and functions come first, as JavaScript hoists them. */
  statements(nodes: readonly Node[]): Statement[];
  /** The body of a function or module: `var` declares its names here, wherever it stands inside. */
  body(nodes: readonly Node[], parameters: ReadonlySet<string>): Statement[];
  /** Notes a name that `var` declares somewhere in the body that is being translated. */
  hoist(name: string, range: TextRange): void;
  functionTree(node: Node): FunctionTree;
  classTree(node: Node): ClassTree;
}

export function rangeOf(node: Node): TextRange {
  return { start: node.startIndex, end: node.endIndex };
}

/** The named children that mean something to the program. */
export function partsOf(node: Node): Node[] {
  return node.namedChildren.filter(({ type }) => type !== "comment" && type !== "html_comment" && type !== "ERROR");
}

export function fieldOf(node: Node, name: string): Node | undefined {
  return node.childForFieldName(name) ?? undefined;
}

/** Whether a keyword or sign ("static", "get", "*") is among a node's own children. */
export function hasToken(node: Node, token: string): boolean {
  return node.children.some(({ type }) => type === token);
}
