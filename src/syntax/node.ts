/**
 * A node of a grammar's own tree, taken out of WebAssembly at once, as asking there for each part costs more than all the rest. Its members
 * are named and behave as those of web-tree-sitter's `Node`.
 */
export class SyntaxNode {
  /** Something in here was not understood. */
  hasError = false;
  #children: SyntaxNode[] | undefined;
  #named: readonly SyntaxNode[] | undefined;

  constructor(
    /** As the grammar names it; for tokens the token itself; "ERROR" for what it skipped. */
    readonly type: string,
    /** What it is to its parent: "left", "body". */
    readonly field: string | undefined,
    /** Tokens like "(" are not. */
    readonly isNamed: boolean,
    /** The grammar needed it and put it in. */
    readonly isMissing: boolean,
    readonly startIndex: number,
    readonly endIndex: number,
    /** The text that it was parsed in; after a move still that. */
    private readonly source: string,
    private readonly movedFrom?: SyntaxNode,
  ) {}

  /** The node that was taken out of WebAssembly; of one that stands elsewhere since, and says the same, that one before. */
  get origin(): SyntaxNode {
    return this.movedFrom ?? this;
  }

  /** The same where it stands elsewhere in another text. What is inside moves when someone asks for it. */
  movedBy(offset: number): SyntaxNode {
    const { type, field, isNamed, isMissing, startIndex, endIndex, source } = this;
    const moved = new SyntaxNode(type, field, isNamed, isMissing, startIndex + offset, endIndex + offset, source, this.origin);
    moved.hasError = this.hasError;
    return moved;
  }

  get children(): SyntaxNode[] {
    this.#children ??= this.movedFrom?.children.map((child) => child.movedBy(this.startIndex - this.origin.startIndex)) ?? [];
    return this.#children;
  }

  get isError(): boolean {
    return this.type === "ERROR";
  }

  get text(): string {
    return this.between(this.startIndex, this.endIndex);
  }

  /** The text from one offset to another, both in here. */
  between(start: number, end: number): string {
    const moved = this.startIndex - this.origin.startIndex;
    return this.source.slice(start - moved, end - moved);
  }

  /** Comments included. */
  get namedChildren(): readonly SyntaxNode[] {
    this.#named ??= this.children.filter((child) => child.isNamed);
    return this.#named;
  }

  /** The first child in this field. */
  childForFieldName(field: string): SyntaxNode | null {
    return this.children.find((child) => child.field === field) ?? null;
  }

  /** All children in this field, tokens between them included. */
  childrenForFieldName(field: string): SyntaxNode[] {
    return this.children.filter((child) => child.field === field);
  }

  /** All nodes of this type in here, in the order of the text. */
  descendantsOfType(type: string): SyntaxNode[] {
    const found: SyntaxNode[] = [];
    const collect = (node: SyntaxNode) => {
      for (const child of node.children) {
        if (child.type === type) found.push(child);
        collect(child);
      }
    };
    collect(this);
    return found;
  }
}
