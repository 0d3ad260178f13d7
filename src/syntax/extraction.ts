import type { Tree, TreeCursor } from "web-tree-sitter";
import { SyntaxNode } from "./node.js";

/** Deeper trees are cut off there, so that nobody who walks them runs out of stack. */
const DEEPEST = 600;

/** What has nothing inside: brackets, operators, keywords. "not in" has. */
const TOKEN = /^\S*$/;

/** Answers a node at the top of the tree that is known already, by its type and place. */
export type Reuse = (type: string, start: number, end: number, source: string) => SyntaxNode | undefined;

/** Takes a tree of a text out of WebAssembly. */
export function extracted(tree: Tree, text: string, reuse?: Reuse): SyntaxNode {
  return new Extraction(tree, text, reuse).root();
}

/**
 * Walks a tree of WebAssembly once, by its cursor, which is several times faster than by its nodes. Each question to the cursor costs a
 * call there, so what the type tells is asked once for each type.
 */
class Extraction {
  readonly #cursor: TreeCursor;
  readonly #types: readonly string[];
  readonly #fields: readonly (string | null)[];
  readonly #named = new Map<number, boolean>();

  constructor(
    tree: Tree,
    readonly text: string,
    private readonly reuse: Reuse | undefined,
  ) {
    this.#cursor = tree.walk();
    this.#types = tree.language.types;
    this.#fields = tree.language.fields;
  }

  root(): SyntaxNode {
    const root = this.#node();
    this.#descend(root, 0);
    this.#cursor.delete();
    return root;
  }

  #node(): SyntaxNode {
    const cursor = this.#cursor;
    const { nodeTypeId: type, startIndex: start, endIndex: end } = cursor;
    return new SyntaxNode(
      this.#types[type] ?? "ERROR",
      this.#fields[cursor.currentFieldId] ?? undefined,
      this.#isNamed(type),
      // What the grammar puts in has no text.
      start === end && cursor.nodeIsMissing,
      start,
      end,
      this.text,
    );
  }

  #isNamed(type: number): boolean {
    const known = this.#named.get(type) ?? this.#cursor.nodeIsNamed;
    this.#named.set(type, known);
    return known;
  }

  #descend(parent: SyntaxNode, depth: number): void {
    const cursor = this.#cursor;
    if (!cursor.gotoFirstChild()) return;
    do {
      const node = (depth === 0 && this.#known()) || this.#whole(depth);
      parent.children.push(node);
      if (node.hasError || node.isError || node.isMissing) parent.hasError = true;
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }

  #known(): SyntaxNode | undefined {
    const { nodeTypeId, startIndex, endIndex } = this.#cursor;
    return this.reuse?.(this.#types[nodeTypeId] ?? "ERROR", startIndex, endIndex, this.text);
  }

  #whole(depth: number): SyntaxNode {
    const node = this.#node();
    // Tokens are asked for nothing inside.
    if (depth < DEEPEST && (node.isNamed || !TOKEN.test(node.type))) this.#descend(node, depth + 1);
    return node;
  }
}
