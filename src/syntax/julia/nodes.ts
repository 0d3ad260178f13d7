import type { TextRange } from "../../base/text.js";
import type { SyntaxNode } from "../node.js";
import type { Argument, Expression, Statement, Target } from "../tree.js";

/** The parts of the translation know one another by this alone: everything in Julia may hold everything. */
export interface Translate {
  expression(node: SyntaxNode): Expression;
  target(node: SyntaxNode): Target;
  statements(nodes: readonly SyntaxNode[]): Statement[];
  /** Translates what stands between the brackets of `object[...]`, where `end` means the object's last index. */
  indexing<T>(object: Expression, position: number, translate: () => T): T;
  /** What `end` means here; undefined outside of indices. */
  last(range: TextRange): Expression | undefined;
  /** Translates what follows `@.`, where every call and operator is broadcast. */
  dotted<T>(translate: () => T): T;
  readonly broadcasts: boolean;
}

export function rangeOf(node: SyntaxNode): TextRange {
  return { start: node.startIndex, end: node.endIndex };
}

/** The named children that mean something to the program. */
export function partsOf(node: SyntaxNode): SyntaxNode[] {
  return node.namedChildren.filter((child) => !child.isError && !isComment(child));
}

export function isComment({ type }: SyntaxNode): boolean {
  return type === "line_comment" || type === "block_comment";
}

export function unreadable(node: SyntaxNode): Expression {
  return { kind: "unknown", text: node.text.slice(0, 80), range: rangeOf(node) };
}

export function name(name: string, range: TextRange): Expression {
  return { kind: "name", name, range };
}

/** Functions that the language writes as operators or brackets are called by these names: "=>", "isa", "hvcat". */
export function callOf(callee: string, values: readonly Expression[], range: TextRange, broadcast = false): Expression {
  const args = values.map((value): Argument => ({ kind: "positional", value }));
  return { kind: "call", callee: name(callee, range), args, ...(broadcast && { broadcast: true }), range };
}

/** The first part of a node, translated; unknown where the text is broken. */
export function firstOf(node: SyntaxNode, julia: Translate): Expression {
  const [part] = partsOf(node);
  return part ? julia.expression(part) : unreadable(node);
}
