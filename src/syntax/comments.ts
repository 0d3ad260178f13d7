import type { TextRange } from "../base/text.js";
import { Kept } from "./kept.js";
import type { SyntaxNode } from "./node.js";

/** A comment as it stands, with its signs. */
export interface WrittenComment {
  readonly text: string;
  readonly range: TextRange;
}

const kept = new Kept<readonly WrittenComment[]>();

/** The comments of a program, in the order of the text; `types`: what its grammar calls them. */
export function commentsIn(root: SyntaxNode, ...types: readonly string[]): WrittenComment[] {
  return root.children.flatMap((child) => kept.of(child, () => commentsOf(child, types)));
}

function commentsOf(node: SyntaxNode, types: readonly string[], found: WrittenComment[] = []): readonly WrittenComment[] {
  if (types.includes(node.type)) found.push({ text: node.text, range: { start: node.startIndex, end: node.endIndex } });
  for (const child of node.children) commentsOf(child, types, found);
  return found;
}
