import type { TextRange } from "../../base/text.js";
import { commentsIn } from "../comments.js";
import { Kept } from "../kept.js";
import type { SyntaxNode } from "../node.js";
import type { Expression, Module, Statement } from "../tree.js";
import { expressionOf } from "./expressions.js";
import { packageImports } from "./imports.js";
import { callOf, isComment, rangeOf, type Translate, unreadable } from "./nodes.js";
import { statementsOf } from "./statements.js";
import { targetOf } from "./targets.js";

/** Deeper than people write; what is nested deeper is unknown rather than a stack that overflows. */
const DEEPEST = 400;

const keptStatements = new Kept<readonly Statement[]>();

/** The program that tree-sitter's grammar of Julia understood. Never throws. */
export function juliaModule(root: SyntaxNode): Module {
  const body = new Translator().statements(root.children);
  return {
    kind: "module",
    body: [...packageImports(body, rangeOf(root)), ...body],
    comments: commentsIn(root, "line_comment", "block_comment").map(({ text, range }) => ({
      text: text.replace(/^#=?\s*|\s*=#$/g, ""),
      range,
    })),
    errors: errorsIn(root),
  };
}

class Translator implements Translate {
  broadcasts = false;
  #depth = 0;
  #indexed: { readonly object: Expression; readonly position: number } | undefined;

  expression(node: SyntaxNode): Expression {
    return this.#nested(() => expressionOf(node, this), unreadable(node));
  }

  target(node: SyntaxNode) {
    return targetOf(node, this);
  }

  statements(nodes: readonly SyntaxNode[]): Statement[] {
    const read = nodes.filter((node) => node.isNamed && !node.isError && !isComment(node));
    // A string that stands before something else is its documentation.
    const meant = read.filter(({ type }, at) => type !== "string_literal" || at === read.length - 1);
    return this.#nested(() => meant.flatMap((node) => this.#statement(node)), []);
  }

  /** At the top nothing around a statement says anything about it. */
  #statement(node: SyntaxNode): readonly Statement[] {
    return this.#depth === 1 ? keptStatements.of(node, () => statementsOf(node, this)) : statementsOf(node, this);
  }

  indexing<T>(object: Expression, position: number, translate: () => T): T {
    const outer = this.#indexed;
    this.#indexed = { object, position };
    try {
      return translate();
    } finally {
      this.#indexed = outer;
    }
  }

  last(range: TextRange): Expression | undefined {
    if (!this.#indexed) return undefined;
    const { object, position } = this.#indexed;
    const axis: Expression[] = position > 0 ? [{ kind: "number", value: position, float: false, range }] : [];
    return callOf("lastindex", [object, ...axis], range);
  }

  dotted<T>(translate: () => T): T {
    const outer = this.broadcasts;
    this.broadcasts = true;
    try {
      return translate();
    } finally {
      this.broadcasts = outer;
    }
  }

  #nested<T>(translate: () => T, tooDeep: T): T {
    if (this.#depth >= DEEPEST) return tooDeep;
    this.#depth++;
    try {
      return translate();
    } finally {
      this.#depth--;
    }
  }
}

/** What the grammar skipped, and where it missed something. */
function errorsIn(node: SyntaxNode): TextRange[] {
  if (node.isError || node.isMissing) return [rangeOf(node)];
  return node.hasError ? node.children.flatMap(errorsIn) : [];
}
