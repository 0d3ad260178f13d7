import type { Node } from "web-tree-sitter";
import type { TextRange } from "../../base/text.js";
import type { Expression, Module, Statement } from "../tree.js";
import { classOf } from "./classes.js";
import { expressionOf } from "./expressions.js";
import { functionOf } from "./functions.js";
import { fieldOf, partsOf, rangeOf, type Translate } from "./nodes.js";
import { statementsOf } from "./statements.js";
import { targetOf } from "./targets.js";

/** Deeper than people write; what is nested deeper is unknown rather than a stack that overflows. */
const DEEPEST = 400;

/** The program that tree-sitter's grammar of JavaScript, TypeScript or TSX understood. Never throws. */
export function javascriptModule(root: Node): Module {
  const js = new Translator();
  return {
    kind: "module",
    body: js.body(partsOf(root), new Set()),
    comments: root.descendantsOfType("comment").flatMap((node) => (node ? [{ text: commentText(node.text), range: rangeOf(node) }] : [])),
    errors: root.hasError ? errorsIn(root) : [],
  };
}

class Translator implements Translate {
  #depth = 0;
  /** Names that `var` declares in the body that is being translated. */
  #hoisted = new Map<string, TextRange>();

  expression(node: Node): Expression {
    return this.#nested(() => expressionOf(node, this), { kind: "unknown", text: node.type, range: rangeOf(node) });
  }

  target(node: Node) {
    return targetOf(node, this);
  }

  functionTree(node: Node) {
    return functionOf(node, this);
  }

  classTree(node: Node) {
    return classOf(node, this);
  }

  hoist(name: string, range: TextRange): void {
    if (!this.#hoisted.has(name)) this.#hoisted.set(name, range);
  }

  statements(nodes: readonly Node[]): Statement[] {
    const order = [nodes.filter(isImport), nodes.filter(isFunction), nodes.filter((node) => !isImport(node) && !isFunction(node))];
    return this.#nested(() => order.flat().flatMap((node) => statementsOf(node, this)), []);
  }

  body(nodes: readonly Node[], parameters: ReadonlySet<string>): Statement[] {
    const outer = this.#hoisted;
    this.#hoisted = new Map();
    const statements = this.statements(nodes);
    const declared = [...this.#hoisted].filter(([name]) => !parameters.has(name)).map(([name, range]) => declaration(name, range));
    this.#hoisted = outer;
    return [...declared, ...statements];
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

function declaration(name: string, range: TextRange): Statement {
  return { kind: "assign", targets: [{ kind: "name", name, range }], declares: true, range };
}

const isImport = ({ type }: Node): boolean => type === "import_statement";

function isFunction(node: Node): boolean {
  const declared = node.type === "export_statement" ? fieldOf(node, "declaration") : node;
  return declared !== undefined && /^(generator_)?function_declaration$/.test(declared.type);
}

const commentText = (text: string): string => text.replace(/^\/[/*]\s*|\s*\*\/$/g, "");

/** What the grammar skipped, and where it missed something. */
function errorsIn(node: Node): TextRange[] {
  if (node.isError || node.isMissing) return [rangeOf(node)];
  return node.children.flatMap((child) => (child.hasError || child.isMissing ? errorsIn(child) : []));
}
