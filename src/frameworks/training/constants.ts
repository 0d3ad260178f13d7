import type { CallNode } from "../../syntax/around.js";
import type { Definition, Definitions } from "../../syntax/definitions.js";
import type { Argument, BinaryOperator, ClassTree, Expression } from "../../syntax/tree.js";
import { dottedName } from "../../syntax/walk.js";

export type Constant = number | string | boolean | null | readonly Constant[];

/** Functions that make a number of one that is one. */
const CONVERSIONS: ReadonlySet<string> = new Set(["int", "float", "Float32", "Float64", "Int", "Number", "parseInt", "parseFloat"]);

const ARITHMETIC: Partial<Record<BinaryOperator, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "//": (a, b) => Math.floor(a / b),
  "**": (a, b) => a ** b,
};

/**
 * What expressions of a text are for sure, be they never run: literals, names that are set to the same everywhere, fields of settings, and
 * command-line options, which are what they are unless someone says otherwise.
 */
export class Constants {
  /** Names that are being looked up. */
  readonly #asked = new Set<string>();

  /** `known` answers what a name or attribute has come out as where the text itself does not set it. */
  constructor(
    private readonly definitions: Definitions,
    private readonly known: (expression: Expression) => Constant | undefined,
  ) {}

  /** Undefined where it may be one thing or another. */
  of(expression: Definition): Constant | undefined {
    switch (expression?.kind) {
      case "number":
      case "string":
      case "boolean":
        return expression.value;
      case "none":
        return null;
      case "unary": {
        const operand = this.of(expression.operand);
        return expression.operator === "-" && typeof operand === "number" ? -operand : undefined;
      }
      case "binary": {
        const [left, right] = [this.of(expression.left), this.of(expression.right)];
        return typeof left === "number" && typeof right === "number" ? ARITHMETIC[expression.operator]?.(left, right) : undefined;
      }
      case "tuple":
      case "list": {
        const items = expression.items.map((item) => (item.kind === "spread" ? undefined : this.of(item)));
        return items.every((item) => item !== undefined) ? items : undefined;
      }
      case "call": {
        const [first] = expression.args;
        return CONVERSIONS.has(dottedName(expression.callee) ?? "") && first?.kind === "positional"
          ? numberOf(this.of(first.value))
          : undefined;
      }
      case "name":
        return this.#agreed(expression.name, this.definitions.ofName(expression.name)) ?? this.#foreign(expression);
      case "attribute":
        return this.field(expression.object, expression.name) ?? this.#foreign(expression);
      case "index": {
        const key = this.of(expression.indices[0]);
        return typeof key === "string" ? this.field(expression.object, key) : undefined;
      }
      default:
        return undefined;
    }
  }

  /** What an object has under a name: a dictionary, settings of a class, options of a command line. */
  field(object: Expression, name: string): Constant | undefined {
    return this.#agreed(`${dottedName(object) ?? object.range.start}.${name}`, this.fields(object, name));
  }

  /** The expressions that an object's field may be. */
  fields(object: Expression, name: string): readonly Definition[] {
    return [...this.definitions.ofAttribute(name), ...this.meanings(object).flatMap((meaning) => this.#fieldOf(meaning, name))];
  }

  /** The expressions that one stands for: those that a name is set to, where they are no names themselves. */
  meanings(expression: Expression): readonly Definition[] {
    if (expression.kind !== "name" || this.definitions.classes.has(expression.name)) return [expression];
    const { name } = expression;
    if (this.#asked.has(name)) return [];
    return this.#asking(name, () => this.definitions.ofName(name).flatMap((each) => (each ? this.meanings(each) : [each])));
  }

  #fieldOf(object: Definition, name: string): readonly Definition[] {
    if (object?.kind === "dictionary") {
      const entries = object.entries.filter(({ key }) => key?.kind === "string" && key.value === name);
      return entries.length > 0 ? entries.map(({ value }) => value) : [undefined];
    }
    if (object?.kind === "name") return fieldDefault(this.definitions.classes.get(object.name), name);
    if (object?.kind !== "call") return object === undefined ? [undefined] : [];
    return this.#fieldOfCall(object, name);
  }

  #fieldOfCall(call: CallNode, name: string): readonly Definition[] {
    const callee = dottedName(call.callee)?.split(".").at(-1) ?? "";
    if (/^parse(_known)?_args$/.test(callee)) return this.#optionDefaults(name);
    const [first] = call.args;
    if (callee === "vars" && first?.kind === "positional") return this.meanings(first.value).flatMap((each) => this.#fieldOf(each, name));
    const given = namedArgument(call, name);
    if (given) return [given];
    const made = this.definitions.classes.get(callee);
    const at = made?.fields?.findIndex((field) => field.name === name) ?? -1;
    const positional = call.args.flatMap((argument) => (argument.kind === "positional" ? [argument.value] : []));
    return positional[at] ? [positional[at]] : made ? fieldDefault(made, name) : [undefined];
  }

  /** Of Python's argparse: add_argument("--batch-size", default=64). */
  #optionDefaults(name: string): readonly Definition[] {
    const options = this.definitions.calls.filter(
      (call) => dottedName(call.callee)?.endsWith("add_argument") === true && optionName(call) === name,
    );
    return options.length === 0 ? [undefined] : options.map((option) => namedArgument(option, "default"));
  }

  #agreed(key: string, definitions: readonly Definition[]): Constant | undefined {
    if (this.#asked.has(key)) return undefined;
    return this.#asking(key, () => agreed(definitions.map((each) => this.of(each))));
  }

  #asking<T>(key: string, ask: () => T): T {
    this.#asked.add(key);
    const answer = ask();
    this.#asked.delete(key);
    return answer;
  }

  /** What the text takes from elsewhere. */
  #foreign(expression: Expression): Constant | undefined {
    const [name] = dottedName(expression)?.split(".") ?? [];
    return name === undefined || this.definitions.ofName(name).length > 0 ? undefined : this.known(expression);
  }
}

/** What all say alike; undefined where they differ, one of them is not known, or there is none. */
export function agreed<T>(values: readonly (T | undefined)[]): T | undefined {
  const [first] = values;
  const text = JSON.stringify(first);
  return values.every((value) => JSON.stringify(value) === text) ? first : undefined;
}

export function namedArgument({ args }: { readonly args: readonly Argument[] }, name: string): Expression | undefined {
  const found = args.find((argument) => argument.kind === "named" && argument.name === name);
  return found?.kind === "named" ? found.value : undefined;
}

/** A field of a Julia struct or a class of settings, as its definition has it. */
function fieldDefault(tree: ClassTree | undefined, name: string): readonly Definition[] {
  const field = tree?.fields?.find((each) => each.name === name);
  if (field) return [field.fallback];
  const set = tree?.body.flatMap((statement) => {
    const isField = statement.kind === "assign" && statement.targets.some((target) => target.kind === "name" && target.name === name);
    return isField ? [statement.value] : [];
  });
  return set ?? [];
}

/** "batch_size" of add_argument("-b", "--batch-size"), or what `dest` says. */
function optionName(call: CallNode): string | undefined {
  const named = namedArgument(call, "dest");
  if (named?.kind === "string") return named.value;
  const names = call.args.flatMap((argument) =>
    argument.kind === "positional" && argument.value.kind === "string" ? [argument.value.value] : [],
  );
  const long = names.find((name) => name.startsWith("--")) ?? names[0];
  return long?.replace(/^-+/, "").replaceAll("-", "_");
}

function numberOf(value: Constant | undefined): number | undefined {
  const number = typeof value === "string" ? Number.parseFloat(value) : value;
  return typeof number === "number" && !Number.isNaN(number) ? number : undefined;
}
