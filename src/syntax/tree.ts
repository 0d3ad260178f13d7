import type { TextRange } from "../base/text.js";

/**
 * One tree for all languages that are read. A front end translates what its grammar says into it, so that one interpreter does for all.
 * It says what a program does, not how it is written: brackets, comments and types are gone. What a front end cannot translate is
 * "unknown", and so is its value.
 */
export interface Module {
  readonly kind: "module";
  readonly body: readonly Statement[];
  /** Comments that may say something to us ("cnn: input 3x32x32"), with where they stand. */
  readonly comments: readonly { readonly text: string; readonly range: TextRange }[];
  /** Places the grammar did not understand; what stands around them is read all the same. */
  readonly errors: readonly TextRange[];
}

interface Placed {
  readonly range: TextRange;
}

export type Expression = Placed &
  (
    | { readonly kind: "none" }
    | { readonly kind: "boolean"; readonly value: boolean }
    /** `float` as its language types it: 2.0 in Python and Julia; never in JavaScript, where all numbers are alike. */
    | { readonly kind: "number"; readonly value: number; readonly float: boolean }
    | { readonly kind: "string"; readonly value: string }
    /** f-strings and template literals: strings and what is put between them. */
    | { readonly kind: "template"; readonly parts: readonly (string | Expression)[] }
    | { readonly kind: "name"; readonly name: string }
    | { readonly kind: "attribute"; readonly object: Expression; readonly name: string; readonly optional?: true }
    | { readonly kind: "index"; readonly object: Expression; readonly indices: readonly Expression[] }
    | { readonly kind: "slice"; readonly start?: Expression; readonly stop?: Expression; readonly step?: Expression }
    | { readonly kind: "ellipsis" }
    /** `construct` for JavaScript's `new`. `broadcast` for Julia's f.(x). */
    | {
        readonly kind: "call";
        readonly callee: Expression;
        readonly args: readonly Argument[];
        readonly construct?: true;
        readonly broadcast?: true;
      }
    | { readonly kind: "unary"; readonly operator: UnaryOperator; readonly operand: Expression }
    | {
        readonly kind: "binary";
        readonly operator: BinaryOperator;
        readonly left: Expression;
        readonly right: Expression;
        readonly broadcast?: true;
      }
    /** a < b < c: operands[i] operators[i] operands[i + 1]. */
    | { readonly kind: "comparison"; readonly operands: readonly Expression[]; readonly operators: readonly ComparisonOperator[] }
    | { readonly kind: "logical"; readonly operator: "and" | "or" | "coalesce"; readonly left: Expression; readonly right: Expression }
    | { readonly kind: "conditional"; readonly test: Expression; readonly then: Expression; readonly otherwise: Expression }
    | { readonly kind: "function"; readonly function: FunctionTree }
    | { readonly kind: "list"; readonly items: readonly Item[] }
    | { readonly kind: "tuple"; readonly items: readonly Item[] }
    | { readonly kind: "set"; readonly items: readonly Item[] }
    /** Dictionaries and object literals. `key` undefined: a spread. */
    | { readonly kind: "dictionary"; readonly entries: readonly { readonly key: Expression | undefined; readonly value: Expression }[] }
    | { readonly kind: "range"; readonly start: Expression; readonly stop: Expression; readonly step?: Expression }
    | {
        readonly kind: "comprehension";
        readonly makes: "list" | "set" | "generator";
        readonly element: Expression;
        readonly clauses: readonly Clause[];
      }
    | {
        readonly kind: "comprehension";
        readonly makes: "dictionary";
        readonly key: Expression;
        readonly element: Expression;
        readonly clauses: readonly Clause[];
      }
    /** Python's :=, and assignments used as expressions. */
    | { readonly kind: "assignment"; readonly target: Target; readonly value: Expression }
    /** Julia's begin/let blocks: the value of the last statement. */
    | { readonly kind: "block"; readonly body: readonly Statement[] }
    | { readonly kind: "class"; readonly class: ClassTree }
    | { readonly kind: "unknown"; readonly text: string }
  );

export type UnaryOperator = "-" | "+" | "not" | "~";
/** As Python writes them ("//" integer division, "**" power); JavaScript's "|" and Julia's "÷", "^" become these. Julia's `|>` is a call. */
export type BinaryOperator = "+" | "-" | "*" | "/" | "//" | "%" | "**" | "@" | "&" | "|" | "^" | "<<" | ">>";
export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "not in" | "is" | "is not";

export type Item = Expression | { readonly kind: "spread"; readonly value: Expression; readonly range: TextRange };

export type Argument =
  | { readonly kind: "positional"; readonly value: Expression }
  | { readonly kind: "named"; readonly name: string; readonly value: Expression; readonly range: TextRange }
  /** *args and ...args */
  | { readonly kind: "spread"; readonly value: Expression }
  /** **kwargs, and Julia's (; kwargs...) */
  | { readonly kind: "namedSpread"; readonly value: Expression };

/** `for target in iterable if condition` */
export type Clause =
  | { readonly kind: "for"; readonly target: Target; readonly iterable: Expression }
  | { readonly kind: "if"; readonly condition: Expression };

/** What can be assigned to. */
export type Target = Placed &
  (
    | { readonly kind: "name"; readonly name: string }
    | { readonly kind: "attribute"; readonly object: Expression; readonly name: string }
    | { readonly kind: "index"; readonly object: Expression; readonly indices: readonly Expression[] }
    | { readonly kind: "tuple"; readonly targets: readonly Target[] }
    /** The rest of a tuple. */
    | { readonly kind: "rest"; readonly target: Target }
    /** Named parts: JavaScript's { a, b: c = 1 }, Julia's (; a, b). */
    | {
        readonly kind: "fields";
        readonly fields: readonly { readonly name: string; readonly target: Target; readonly fallback?: Expression }[];
        readonly rest?: Target;
      }
    | { readonly kind: "fallback"; readonly target: Target; readonly fallback: Expression }
    | { readonly kind: "unknown" }
  );

export interface Parameter {
  /** Undefined for parameters that take a value apart: `target` says how. */
  readonly name: string;
  readonly target?: Target;
  readonly kind: "normal" | "positionalOnly" | "namedOnly" | "rest" | "namedRest";
  readonly fallback?: Expression;
  readonly annotation?: Expression;
}

export interface FunctionTree extends Placed {
  /** "" for functions without a name. */
  readonly name: string;
  readonly nameRange: TextRange;
  readonly parameters: readonly Parameter[];
  /** A body that is one expression is a return statement. In Julia the value of the last statement is made one. */
  readonly body: readonly Statement[];
  readonly decorators: readonly Expression[];
  readonly isGenerator?: true;
  /** JavaScript's arrows take `this` from around them. */
  readonly arrow?: true;
  /** Julia: the function is a method of this callable's type, as in `(m::Model)(x)`; its first parameter is then `m`. */
  readonly callableOf?: Expression;
}

export interface ClassTree extends Placed {
  readonly name: string;
  readonly nameRange: TextRange;
  readonly bases: readonly Argument[];
  readonly decorators: readonly Expression[];
  readonly body: readonly Statement[];
  /** Julia's struct: its fields, in order. */
  readonly fields?: readonly Parameter[];
}

/** What runs where a `try` fails. */
export interface Handler {
  /** The exceptions it is for; all of them where it names none. */
  readonly catches?: readonly Expression[];
  readonly body: readonly Statement[];
}

export type Statement = Placed &
  (
    | { readonly kind: "expression"; readonly value: Expression }
    /** Several targets: a = b = value. No value: a declaration alone. `declares`: a new variable of this scope (const, let, local). */
    | {
        readonly kind: "assign";
        readonly targets: readonly Target[];
        readonly value?: Expression;
        readonly annotation?: Expression;
        readonly declares?: true;
      }
    | { readonly kind: "augmented"; readonly target: Target; readonly operator: BinaryOperator; readonly value: Expression }
    | { readonly kind: "return"; readonly value?: Expression }
    | { readonly kind: "yield"; readonly value?: Expression }
    | { readonly kind: "if"; readonly test: Expression; readonly then: readonly Statement[]; readonly otherwise: readonly Statement[] }
    | {
        readonly kind: "for";
        readonly target: Target;
        readonly iterable: Expression;
        readonly body: readonly Statement[];
        readonly otherwise: readonly Statement[];
      }
    /** JavaScript's for (let i = 0; ...; i++) is a block: the declaration, then this with `update`. */
    | {
        readonly kind: "while";
        readonly test: Expression;
        readonly body: readonly Statement[];
        readonly update?: Expression;
        /** Variables of which each pass has its own. */
        readonly perPass?: readonly string[];
        readonly otherwise: readonly Statement[];
      }
    | { readonly kind: "function"; readonly function: FunctionTree }
    | { readonly kind: "class"; readonly class: ClassTree }
    /** `from a.b import c as d`: module "a.b", names [{ name: "c", as: "d" }]; `import a.b as x`: no names. `level`: leading dots. */
    | {
        readonly kind: "import";
        readonly module: string;
        readonly level: number;
        readonly as?: string;
        readonly names?: readonly { readonly name: string; readonly as: string }[];
        /** from m import *, using M */
        readonly all?: true;
      }
    | { readonly kind: "export"; readonly statement?: Statement; readonly isDefault?: true }
    | {
        readonly kind: "try";
        readonly body: readonly Statement[];
        readonly handlers: readonly Handler[];
        readonly otherwise: readonly Statement[];
        readonly finally: readonly Statement[];
      }
    | {
        readonly kind: "with";
        readonly items: readonly { readonly value: Expression; readonly target?: Target }[];
        readonly body: readonly Statement[];
      }
    | { readonly kind: "raise"; readonly value?: Expression }
    | { readonly kind: "assert"; readonly test: Expression }
    | { readonly kind: "delete"; readonly targets: readonly Target[] }
    | { readonly kind: "nonlocal"; readonly names: readonly string[]; readonly global: boolean }
    | { readonly kind: "block"; readonly body: readonly Statement[] }
    | { readonly kind: "break" }
    | { readonly kind: "continue" }
    | { readonly kind: "pass" }
  );
