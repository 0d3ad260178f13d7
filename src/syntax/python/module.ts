import type { TextRange } from "../../base/text.js";
import type { SyntaxNode } from "../node.js";
import type { Expression, Module, Statement } from "../tree.js";
import { classOf, functionOf } from "./definitions.js";
import { expressionOf } from "./expressions.js";
import { rangeOf, type Translate } from "./nodes.js";
import { statementsOf } from "./statements.js";
import { targetOf } from "./targets.js";

/** The program that tree-sitter's grammar of Python understood. Never throws. */
export function pythonModule(root: SyntaxNode): Module {
  return {
    kind: "module",
    body: new Translator().statements(root.children),
    comments: root.descendantsOfType("comment").map((node) => ({ text: node.text.replace(/^#\s*/, ""), range: rangeOf(node) })),
    errors: errorsIn(root),
  };
}

class Translator implements Translate {
  #yields = false;

  expression(node: SyntaxNode): Expression {
    return expressionOf(node, this);
  }

  target(node: SyntaxNode) {
    return targetOf(node, this);
  }

  statements(nodes: readonly SyntaxNode[]): Statement[] {
    return nodes.flatMap((node) => statementsOf(node, this));
  }

  functionTree(node: SyntaxNode, decorators: readonly Expression[]) {
    return functionOf(node, decorators, this);
  }

  classTree(node: SyntaxNode, decorators: readonly Expression[]) {
    return classOf(node, decorators, this);
  }

  own<T>(translate: () => T): { result: T; yields: boolean } {
    const outer = this.#yields;
    this.#yields = false;
    const result = translate();
    const yields = this.#yields;
    this.#yields = outer;
    return { result, yields };
  }

  yields(): void {
    this.#yields = true;
  }
}

/** What the grammar skipped, and where it missed something. */
function errorsIn(node: SyntaxNode): TextRange[] {
  if (node.isError || node.isMissing) return [rangeOf(node)];
  return node.hasError ? node.children.flatMap(errorsIn) : [];
}
