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
    const { nodeTypeId, startIndex, endIndex } = this.#cursor;
    const root = this.#node(nodeTypeId, startIndex, endIndex);
    this.#descend(root, 0, this.before?.root);
    this.#cursor.delete();
    return root;
  }

  #node(type: number, start: number, end: number): SyntaxNode {
    return new SyntaxNode(
      this.#type(type),
      this.#field,
      this.#isNamed(type),
      // What the grammar puts in has no text.
      start === end && this.#cursor.nodeIsMissing,
      start,
      end,
      this.text,
    );
  }

  #type(id: number): string {
    return this.#types[id] ?? "ERROR";
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
    let next = 0; // of the children of before
    do {
      const { nodeTypeId: type, startIndex: start, endIndex: end } = cursor;
      const olds = before?.children ?? [];
      const wanted = start - this.#movedAt(start);
      while ((olds[next]?.startIndex ?? wanted) < wanted || olds[next + 1]?.startIndex === wanted) next++;
      const old = olds[next];
      // What stood here, if it was of this type.
      const counterpart = old?.startIndex === wanted && old.type === this.#type(type) ? old : undefined;
      const node =
        (counterpart && this.#unchanged(counterpart, start, end)) ?? this.#whole(this.#node(type, start, end), depth, counterpart);
      parent.children.push(node);
      if (node.hasError || node.isError || node.isMissing) parent.hasError = true;
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }

  /** How far what stands at an offset has moved. */
  #movedAt(offset: number): number {
    if (!this.before) return 0;
    const { oldEnd, newEnd } = this.before.change;
    return offset >= newEnd ? newEnd - oldEnd : 0;
  }

  #unchanged(old: SyntaxNode, start: number, end: number): SyntaxNode | undefined {
    const moved = this.#movedAt(start);
    // What touches a change may have become part of it.
    const isTouched = this.before?.touched.some((range) => range.start <= end && start <= range.end);
    if (isTouched || old.endIndex !== end - moved || old.field !== this.#field) return undefined;
    return moved === 0 ? old : old.movedBy(moved);
  }

  #whole(node: SyntaxNode, depth: number, before: SyntaxNode | undefined): SyntaxNode {
    // Tokens are asked for nothing inside.
    if (depth < DEEPEST && (node.isNamed || !TOKEN.test(node.type))) this.#descend(node, depth + 1, before);
    return node;
  }
}
