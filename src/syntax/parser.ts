import { Language as LoadedGrammar, Parser, type Tree, type TreeCursor } from "web-tree-sitter";
import { SyntaxNode } from "./node.js";

/** Of source files; TypeScript counts as JavaScript. */
export type Language = "python" | "javascript" | "julia";

/** As their packages name them. */
export type GrammarName = "python" | "javascript" | "typescript" | "tsx" | "julia";

/** Deeper trees are cut off there, so that nobody who walks them runs out of stack. */
const DEEPEST = 600;

let started: Promise<void> | undefined;

/** Grammars as WebAssembly. Loading waits; parsing doesn't. */
export class Grammars {
  readonly #parsers = new Map<GrammarName, Parser>();

  /** `bytesOf` answers what is in the file of this name: "web-tree-sitter.wasm" and "tree-sitter-python.wasm" for example. */
  constructor(readonly bytesOf: (file: string) => Promise<Uint8Array>) {}

  /** Loads what isn't loaded yet. Rejects where the bytes are no such grammar. */
  async load(...names: readonly GrammarName[]): Promise<void> {
    started ??= this.bytesOf("web-tree-sitter.wasm").then((bytes) => Parser.init({ wasmBinary: bytes.slice().buffer }));
    await started;
    for (const name of names) {
      if (this.#parsers.has(name)) continue;
      const grammar = await LoadedGrammar.load(await this.bytesOf(`tree-sitter-${name}.wasm`));
      this.#parsers.set(name, new Parser().setLanguage(grammar));
    }
  }

  has(name: GrammarName): boolean {
    return this.#parsers.has(name);
  }

  /** Never fails on what is written in the text. Throws where the grammar has not been loaded. */
  parse(name: GrammarName, text: string): SyntaxNode {
    const parser = this.#parsers.get(name);
    if (!parser) throw new Error(`the grammar ${name} has not been loaded`);
    const tree = parser.parse(text);
    if (!tree) throw new Error(`the grammar ${name} gave no tree`);
    try {
      return new Extraction(tree, text).root();
    } finally {
      tree.delete();
    }
  }
}

/** Walks a tree of WebAssembly once, by its cursor, which is several times faster than by its nodes. */
class Extraction {
  readonly #cursor: TreeCursor;
  readonly #types: readonly string[];
  readonly #fields: readonly (string | null)[];

  constructor(
    tree: Tree,
    readonly text: string,
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
    return new SyntaxNode(
      this.#types[cursor.nodeTypeId] ?? "ERROR",
      this.#fields[cursor.currentFieldId] ?? undefined,
      cursor.nodeIsNamed,
      cursor.nodeIsMissing,
      cursor.startIndex,
      cursor.endIndex,
      this.text,
    );
  }

  #descend(parent: SyntaxNode, depth: number): void {
    const cursor = this.#cursor;
    if (!cursor.gotoFirstChild()) return;
    do {
      const node = this.#node();
      parent.children.push(node);
      if (depth < DEEPEST) this.#descend(node, depth + 1);
      if (node.hasError || node.isError || node.isMissing) parent.hasError = true;
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }
}
