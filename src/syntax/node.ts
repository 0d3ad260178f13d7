/**
 * A node of a grammar's own tree, taken out of WebAssembly at once, as asking there for each part costs more than all the rest. Its members
 * are named and behave as those of web-tree-sitter's `Node`.
 */
export class SyntaxNode {
  readonly children: SyntaxNode[] = [];
  /** Something in here was not understood. */
  hasError = false;
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
    readonly source: string,
  ) {}

  /** The same in another text, where it stands elsewhere. */
  movedBy(offset: number, source: string): SyntaxNode {
    const { type, field, isNamed, isMissing, startIndex, endIndex } = this;
    const moved = new SyntaxNode(type, field, isNamed, isMissing, startIndex + offset, endIndex + offset, source);
    for (const child of this.children) moved.children.push(child.movedBy(offset, source));
    moved.hasError = this.hasError;
    return moved;
  }

  get isError(): boolean {
    return this.type === "ERROR";
  }

  get text(): string {
    return this.source.slice(this.startIndex, this.endIndex);
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
