import type { CallNode } from "./around.js";
import type { ClassTree, Expression, FunctionTree, Parameter, Statement, Target } from "./tree.js";
import { visit } from "./walk.js";

/** What a name is set to somewhere; undefined: to something that no expression of the text says. */
export type Definition = Expression | undefined;

/** A loop that runs through something, one by one. */
export interface Loop {
  readonly name: string;
  readonly iterable: Expression;
}

/**
 * What the names of a text are set to, wherever that is: names are taken alike in all functions, as whoever reads a program takes them.
 * Parameters are set by their fallbacks and by the text's own calls.
 */
export class Definitions {
  readonly calls: CallNode[] = [];
  readonly loops: Loop[] = [];
  readonly classes = new Map<string, ClassTree>();
  readonly #names = new Map<string, Definition[]>();
  readonly #attributes = new Map<string, Definition[]>();
  readonly #functions: Callable[] = [];
  readonly #methods = new Set<FunctionTree>();

  constructor(body: readonly Statement[]) {
    visit(body, (node) => this.#see(node as Node));
    for (const each of this.#functions) this.#passed(each);
  }

  /** What a name is set to, but for itself (functions that pass on their parameters). */
  ofName(name: string): readonly Definition[] {
    return this.#names.get(name)?.filter((value) => !(value?.kind === "name" && value.name === name)) ?? [];
  }

  /** What an attribute of this name is set to, of whatever object. */
  ofAttribute(name: string): readonly Definition[] {
    return this.#attributes.get(name) ?? [];
  }

  #see(node: Node): void {
    switch (node.kind) {
      case "call":
        this.calls.push(node);
        return;
      case "assign":
        if (node.value) for (const target of node.targets) this.#set(target, node.value);
        return;
      case "assignment":
        this.#set(node.target, node.value);
        return;
      case "augmented":
        this.#set(node.target, undefined);
        return;
      case "for":
        this.#set(node.target, undefined);
        if (node.target.kind === "name" && "body" in node) this.loops.push({ name: node.target.name, iterable: node.iterable });
        return;
      case "class":
        this.#seeClass(node.class);
        return;
      case "function":
        this.#functions.push({ ...callable(node.function), calledOn: this.#methods.has(node.function) ? "attribute" : "name" });
        return;
      default:
        return;
    }
  }

  /** Constructors are called by the name of their class. */
  #seeClass(tree: ClassTree): void {
    this.classes.set(tree.name, tree);
    for (const statement of tree.body) {
      if (statement.kind !== "function") continue;
      this.#methods.add(statement.function);
      if (/^(__init__|constructor)$/.test(statement.function.name))
        this.#functions.push({ ...callable(statement.function), calledAs: tree.name, calledOn: "name" });
    }
  }

  #set(target: Target, value: Definition): void {
    if (target.kind === "name") add(this.#names, target.name, value);
    else if (target.kind === "attribute") add(this.#attributes, target.name, value);
    else if (target.kind === "index") {
      const [key] = target.indices;
      if (key?.kind === "string") add(this.#attributes, key.value, value);
    } else if (target.kind === "tuple") {
      const items = value?.kind === "tuple" && value.items.length === target.targets.length ? value.items : [];
      target.targets.forEach((each, i) => {
        const item = items[i];
        this.#set(each, item?.kind === "spread" ? undefined : item);
      });
    } else if (target.kind === "fields") {
      for (const { name, target: part, fallback } of target.fields)
        this.#set(part, value && !fallback ? { kind: "attribute", object: value, name, range: value.range } : undefined);
    } else if (target.kind === "rest" || target.kind === "fallback") this.#set(target.target, undefined);
  }

  /** Parameters are what calls give them, else what they are without. */
  #passed({ calledAs, calledOn, parameters }: Callable): void {
    const calls = this.calls.filter(({ callee }) => callee.kind === calledOn && callee.name === calledAs);
    for (const [i, { name, fallback, kind }] of parameters.entries()) {
      if (kind === "rest" || kind === "namedRest") continue;
      const given = calls.map(({ args }) => {
        const named = args.find((argument) => argument.kind === "named" && argument.name === name);
        if (named?.kind === "named") return named.value;
        if (args.some((argument) => argument.kind === "spread" || argument.kind === "namedSpread")) return undefined;
        const at = kind === "namedOnly" ? undefined : args[i];
        return at?.kind === "positional" ? at.value : fallback;
      });
      for (const value of calls.length === 0 ? [fallback] : given) add(this.#names, name, value);
    }
  }
}

type Node = Expression | Statement | { readonly kind: "for"; readonly target: Target; readonly iterable: Expression };

/** A function, and how it is called: by its name, or as an object's attribute. */
interface Callable {
  readonly calledAs: string;
  readonly calledOn: "name" | "attribute";
  readonly parameters: readonly Parameter[];
}

/** Without the object that a method is of. */
function callable({ name, parameters }: FunctionTree): Pick<Callable, "calledAs" | "parameters"> {
  return { calledAs: name, parameters: parameters.filter((parameter) => parameter.name !== "self" && parameter.name !== "cls") };
}

function add(definitions: Map<string, Definition[]>, name: string, value: Definition): void {
  const known = definitions.get(name);
  if (known) known.push(value);
  else definitions.set(name, [value]);
}
