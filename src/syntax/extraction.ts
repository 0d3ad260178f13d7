import type { Tree, TreeCursor } from "web-tree-sitter";
import type { Stretch, TextRange } from "../base/text.js";
import { SyntaxNode } from "./node.js";

/** Deeper trees are cut off there, so that nobody who walks them runs out of stack. */
const DEEPEST = 600;

/** What has nothing inside: brackets, operators, keywords. "not in" has. */
const TOKEN = /^\S*$/;

/** A text of before, and where another differs from it. */
export interface Before {
  readonly root: SyntaxNode;
  readonly change: Stretch;
  /** Of the other text: what stands elsewhere in it is as it was, and may be further on or back. */
  readonly touched: readonly TextRange[];
}

/** Takes a tree of a text out of WebAssembly; what is as it was before is not taken out again. */
export function extracted(tree: Tree, text: string, before?: Before): SyntaxNode {
  return new Extraction(tree, text, before).root();
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
    private readonly before: Before | undefined,
  ) {
    this.#cursor = tree.walk();
    this.#types = tree.language.types;
    this.#fields = tree.language.fields;
  }

  root(): SyntaxNode {
    const root = this.#node();
    this.#descend(root, 0, this.before?.root);
    this.#cursor.delete();
    return root;
  }

  #node(): SyntaxNode {
    const cursor = this.#cursor;
    const { nodeTypeId: type, startIndex: start, endIndex: end } = cursor;
    return new SyntaxNode(
      this.#types[type] ?? "ERROR",
      this.#field,
      this.#isNamed(type),
      // What the grammar puts in has no text.
      start === end && cursor.nodeIsMissing,
      start,
      end,
      this.text,
    );
  }

  get #field(): string | undefined {
    return this.#fields[this.#cursor.currentFieldId] ?? undefined;
  }

  #isNamed(type: number): boolean {
    const known = this.#named.get(type) ?? this.#cursor.nodeIsNamed;
    this.#named.set(type, known);
    return known;
  }

  /** `before`: what most likely was this parent. */
  #descend(parent: SyntaxNode, depth: number, before: SyntaxNode | undefined): void {
    const cursor = this.#cursor;
    if (!cursor.gotoFirstChild()) return;
    const olds = before && new Map(before.children.map((child) => [child.startIndex, child]));
    do {
      const old = olds && this.#counterpart(olds);
      const node = (old && this.#unchanged(old)) ?? this.#whole(depth, old);
      parent.children.push(node);
      if (node.hasError || node.isError || node.isMissing) parent.hasError = true;
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }

  /** What stood where the cursor is, if it was of this type. */
  #counterpart(olds: ReadonlyMap<number, SyntaxNode>): SyntaxNode | undefined {
    const { startIndex, nodeTypeId } = this.#cursor;
    const old = olds.get(startIndex - this.#movedAt(startIndex));
    return old?.type === (this.#types[nodeTypeId] ?? "ERROR") ? old : undefined;
  }

  /** How far what stands at an offset has moved. */
  #movedAt(offset: number): number {
    if (!this.before) return 0;
    const { oldEnd, newEnd } = this.before.change;
    return offset >= newEnd ? newEnd - oldEnd : 0;
  }

  #unchanged(old: SyntaxNode): SyntaxNode | undefined {
    const { startIndex: start, endIndex: end } = this.#cursor;
    const moved = this.#movedAt(start);
    // What touches a change may have become part of it.
    const isTouched = this.before?.touched.some((range) => range.start <= end && start <= range.end);
    if (isTouched || old.endIndex !== end - moved || old.field !== this.#field) return undefined;
    return moved === 0 ? old : old.movedBy(moved);
  }

  #whole(depth: number, before: SyntaxNode | undefined): SyntaxNode {
    const node = this.#node();
    // Tokens are asked for nothing inside.
    if (depth < DEEPEST && (node.isNamed || !TOKEN.test(node.type))) this.#descend(node, depth + 1, before);
    return node;
  }
}
