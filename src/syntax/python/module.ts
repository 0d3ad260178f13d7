import type { TextRange } from "../../base/text.js";
import { commentsIn } from "../comments.js";
import { Kept } from "../kept.js";
import type { SyntaxNode } from "../node.js";
import type { ClassTree, Expression, FunctionTree, Module, Statement } from "../tree.js";
import { classOf, functionOf } from "./definitions.js";
import { expressionOf } from "./expressions.js";
import { rangeOf, type Translate } from "./nodes.js";
import { statementsOf } from "./statements.js";
import { targetOf } from "./targets.js";

const keptStatements = new Kept<readonly Statement[]>();
const keptFunctions = new Kept<FunctionTree>();
const keptClasses = new Kept<ClassTree>();

/** The program that tree-sitter's grammar of Python understood. Never throws. */
export function pythonModule(root: SyntaxNode): Module {
  const translator = new Translator();
  return {
    kind: "module",
    body: root.children.flatMap((node) => keptStatements.of(node, () => statementsOf(node, translator))),
    comments: commentsIn(root, "comment").map(({ text, range }) => ({ text: text.replace(/^#\s*/, ""), range })),
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
    const made = keptFunctions.of(node, () => functionOf(node, this));
    return decorators.length === 0 ? made : { ...made, decorators };
  }

  classTree(node: SyntaxNode, decorators: readonly Expression[]) {
    const made = keptClasses.of(node, () => classOf(node, this));
    return decorators.length === 0 ? made : { ...made, decorators };
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
