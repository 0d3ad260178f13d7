import type { TextRange } from "../../base/text.js";
import { commentsIn } from "../comments.js";
import { Kept } from "../kept.js";
import type { SyntaxNode } from "../node.js";
import type { ClassTree, Expression, FunctionTree, Module, Statement } from "../tree.js";
import { classOf } from "./classes.js";
import { withCommonJs } from "./commonJs.js";
import { expressionOf } from "./expressions.js";
import { functionOf } from "./functions.js";
import { fieldOf, partsOf, rangeOf, type Translate } from "./nodes.js";
import { statementsOf } from "./statements.js";
import { targetOf } from "./targets.js";

const keptFunctions = new Kept<FunctionTree>();
const keptClasses = new Kept<ClassTree>();

/** The program that the grammar of JavaScript, TypeScript or TSX understood. Never throws. */
export function javascriptModule(root: SyntaxNode): Module {
  return {
    kind: "module",
    body: withCommonJs(root, new Translator().body(partsOf(root), new Set())),
    comments: commentsIn(root, "comment").map(({ text, range }) => ({ text: text.replace(/^\/[/*]\s*|\s*\*\/$/g, ""), range })),
    errors: errorsIn(root).map(rangeOf),
  };
}

class Translator implements Translate {
  /** Names that `var` declares in the body that is being translated. */
  #hoisted = new Map<string, TextRange>();

  expression(node: SyntaxNode): Expression {
    return expressionOf(node, this);
  }

  target(node: SyntaxNode) {
    return targetOf(node, this);
  }

  functionTree(node: SyntaxNode) {
    return keptFunctions.of(node, () => functionOf(node, this));
  }

  classTree(node: SyntaxNode) {
    return keptClasses.of(node, () => classOf(node, this));
  }

  hoist(name: string, range: TextRange): void {
    if (!this.#hoisted.has(name)) this.#hoisted.set(name, range);
  }

  statements(nodes: readonly SyntaxNode[]): Statement[] {
    const others = nodes.filter((node) => !isImport(node) && !isFunction(node));
    return [...nodes.filter(isImport), ...nodes.filter(isFunction), ...others].flatMap((node) => statementsOf(node, this));
  }

  body(nodes: readonly SyntaxNode[], parameters: ReadonlySet<string>): Statement[] {
    const outer = this.#hoisted;
    this.#hoisted = new Map();
    const statements = this.statements(nodes);
    const declared = [...this.#hoisted].filter(([name]) => !parameters.has(name)).map(([name, range]) => declaration(name, range));
    this.#hoisted = outer;
    return [...declared, ...statements];
  }
}

function declaration(name: string, range: TextRange): Statement {
  return { kind: "assign", targets: [{ kind: "name", name, range }], declares: true, range };
}

const isImport = ({ type }: SyntaxNode): boolean => type === "import_statement";

function isFunction(node: SyntaxNode): boolean {
  const declared = node.type === "export_statement" ? fieldOf(node, "declaration") : node;
  return declared !== undefined && /^(generator_)?function_declaration$/.test(declared.type);
}

/** What the grammar skipped, and where it missed something. */
function errorsIn(node: SyntaxNode): SyntaxNode[] {
  if (node.isError || node.isMissing) return [node];
  return node.hasError ? node.children.flatMap(errorsIn) : [];
}
