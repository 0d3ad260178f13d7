import type { TextRange } from "../base/text.js";

/** A node of a grammar's own tree, taken out of WebAssembly once. Comments are left out. */
export class SyntaxNode implements TextRange {
  readonly children: SyntaxNode[] = [];

  constructor(
    /** As the grammar names it; for tokens the token itself. */
    readonly type: string,
    /** What it is to its parent: "left", "body"; undefined for most. */
    readonly field: string | undefined,
    /** Tokens like "(" are not. */
    readonly named: boolean,
    readonly start: number,
    readonly end: number,
    readonly source: string,
  ) {}

  get text(): string {
    return this.source.slice(this.start, this.end);
  }

  get range(): TextRange {
    return { start: this.start, end: this.end };
  }

  /** The first child in this field. */
  child(field: string): SyntaxNode | undefined {
    return this.children.find((child) => child.field === field);
  }

  /** All children in this field, tokens between them left out. */
  childrenOf(field: string): readonly SyntaxNode[] {
    return this.children.filter((child) => child.field === field && child.named);
  }

  /** The first child of this type. */
  ofType(type: string): SyntaxNode | undefined {
    return this.children.find((child) => child.type === type);
  }

  get namedChildren(): readonly SyntaxNode[] {
    return this.children.filter((child) => child.named);
  }
}
