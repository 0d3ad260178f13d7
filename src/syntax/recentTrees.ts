import { Edit, type Parser, type Tree } from "web-tree-sitter";
import { changedStretch, positionOf, type Stretch, type TextRange } from "../base/text.js";
import { extracted } from "./extraction.js";
import type { SyntaxNode } from "./node.js";

/** A text as it was parsed. */
interface Parsed {
  readonly text: string;
  readonly tree: Tree;
  readonly root: SyntaxNode;
}

/** Texts that are kept: versions of what is being written, and of what it imports. */
const KEPT = 8;
/** Texts of so many characters are soon parsed anew. Expressions that are tried are such, and would drive the files out. */
const SHORT = 500;
/** A change of no more characters is one of typing: no other text is more alike. */
const SMALL = 80;
/** A change of more characters makes another text of it. */
const MOST_CHANGED = 2_000;

/** Parses texts with one grammar. What differs little from a text of late is parsed, and taken out of WebAssembly, only where it differs. */
export class RecentTrees {
  readonly #recent: Parsed[] = [];

  constructor(private readonly parser: Parser) {}

  /** Undefined where the grammar gives no tree, which it always should. */
  parse(text: string): SyntaxNode | undefined {
    const same = this.#recent.find((parsed) => parsed.text === text);
    if (same) return same.root;
    const before = this.#mostAlike(text);
    const parsed = before ? this.#again(text, before.parsed, before.change) : this.#anew(text);
    if (parsed && text.length > SHORT) this.#keep(parsed);
    else parsed?.tree.delete();
    return parsed?.root;
  }

  #keep(parsed: Parsed): void {
    this.#recent.unshift(parsed);
    for (const { tree } of this.#recent.splice(KEPT)) tree.delete();
  }

  #anew(text: string): Parsed | undefined {
    const tree = this.parser.parse(text);
    return tree ? { text, tree, root: extracted(tree, text) } : undefined;
  }

  #again(text: string, before: Parsed, change: Stretch): Parsed | undefined {
    const old = before.tree.copy();
    old.edit(editOf(before.text, text, change));
    const tree = this.parser.parse(text, old);
    if (!tree) return undefined;
    const touched: TextRange[] = old.getChangedRanges(tree).map(({ startIndex, endIndex }) => ({ start: startIndex, end: endIndex }));
    old.delete();
    touched.push({ start: change.start, end: change.newEnd });
    return { text, tree, root: extracted(tree, text, { root: before.root, change, touched }) };
  }

  #mostAlike(text: string): { readonly parsed: Parsed; readonly change: Stretch } | undefined {
    if (text.length <= SHORT) return undefined;
    const size = ({ start, oldEnd, newEnd }: Stretch) => Math.max(oldEnd, newEnd) - start;
    let best: { readonly parsed: Parsed; readonly change: Stretch } | undefined;
    for (const parsed of this.#recent) {
      const change = changedStretch(parsed.text, text);
      if (size(change) > (best ? size(best.change) - 1 : MOST_CHANGED)) continue;
      best = { parsed, change };
      if (size(change) <= SMALL) break;
    }
    return best;
  }
}

function editOf(older: string, newer: string, { start, oldEnd, newEnd }: Stretch): Edit {
  const point = (text: string, offset: number) => {
    const { line, character } = positionOf(text, offset);
    return { row: line, column: character };
  };
  return new Edit({
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: newEnd,
    startPosition: point(older, start),
    oldEndPosition: point(older, oldEnd),
    newEndPosition: point(newer, newEnd),
  });
}
