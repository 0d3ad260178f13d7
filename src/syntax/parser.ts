import { Language as LoadedGrammar, Parser } from "web-tree-sitter";
import type { SyntaxNode } from "./node.js";
import { RecentTrees } from "./recentTrees.js";

/** Of source files; TypeScript counts as JavaScript. */
export type Language = "python" | "javascript" | "julia";

/** As their packages name them. */
export type GrammarName = "python" | "javascript" | "typescript" | "tsx" | "julia";

let started: Promise<void> | undefined;

/** Grammars as WebAssembly. Loading waits; parsing doesn't. */
export class Grammars {
  readonly #parsers = new Map<GrammarName, RecentTrees>();

  /** `bytesOf` answers what is in the file of this name: "web-tree-sitter.wasm" and "tree-sitter-python.wasm" for example. */
  constructor(readonly bytesOf: (file: string) => Promise<Uint8Array>) {}

  /** Loads what isn't loaded yet. Rejects where the bytes are no such grammar. */
  async load(...names: readonly GrammarName[]): Promise<void> {
    started ??= this.bytesOf("web-tree-sitter.wasm").then((bytes) => Parser.init({ wasmBinary: bytes.slice().buffer }));
    await started;
    for (const name of names) {
      if (this.#parsers.has(name)) continue;
      const grammar = await LoadedGrammar.load(await this.bytesOf(`tree-sitter-${name}.wasm`));
      this.#parsers.set(name, new RecentTrees(new Parser().setLanguage(grammar)));
    }
  }

  has(name: GrammarName): boolean {
    return this.#parsers.has(name);
  }

  /** Never fails on what is written in the text. Throws where the grammar has not been loaded. */
  parse(name: GrammarName, text: string): SyntaxNode {
    const parser = this.#parsers.get(name);
    if (!parser) throw new Error(`the grammar ${name} has not been loaded`);
    const root = parser.parse(text);
    if (!root) throw new Error(`the grammar ${name} gave no tree`);
    return root;
  }
}
