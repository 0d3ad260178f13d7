import type { BinaryOperator, ClassTree, ComparisonOperator, UnaryOperator } from "../syntax/tree.js";
import type { ProgramError } from "./errors.js";
import type { Frame } from "./frame.js";
import type { Interpreter } from "./interpreter.js";
import type { Scope } from "./scope.js";
import type { Arguments, Call, FunctionValue, RangeValue, Value } from "./values.js";

/**
 * What differs between languages; the interpreter's core knows the rest: order of evaluation, control flow, scopes, binding of arguments,
 * taking values apart. Operands that are unknown or tensors never come here (see each method), so a language only tells about values it
 * knows. All may throw ProgramError. `call.interpreter` has the means to go on: calls, attributes, items, truth.
 */
export interface Semantics {
  readonly language: "python" | "javascript" | "julia";
  /** Where a method's receiver goes: before the arguments (Python, Julia), or under the name `this`. */
  readonly receiver: "parameter" | "this";
  /** A call that does not fit the parameters is an error; or what is missing is none and what is too much is dropped (JavaScript). */
  readonly strictArguments: boolean;
  /** When the values of parameters that a call leaves out are computed. */
  readonly fallbacks: "at definition" | "at call";
  /** Blocks and each pass of a loop have variables of their own. */
  readonly blockScopes: boolean;
  /** Names that are there without an import, for the outermost scope of a file. */
  builtins(): ReadonlyMap<string, Value>;
  /** Names a file has about itself: Python's `__name__`. `main`: it runs as the program, not as an import. */
  fileNames(file: string, main: boolean): ReadonlyMap<string, Value>;
  /** The scope that an assignment to a name sets when it declares nothing. */
  assigned(name: string, frame: Frame): Scope;

  /** Whether a value passes as true; "unknown" where it cannot be told. Unknown values and tensors come here too. */
  truth(value: Value, call: Call): boolean | "unknown";
  unary(operator: UnaryOperator, operand: Value, call: Call): Value;
  /** `broadcast` for Julia's dotted operators. */
  binary(operator: BinaryOperator, left: Value, right: Value, call: Call, broadcast: boolean): Value;
  /** a += b where that changes a itself; false where it makes another value. Any values come here. */
  changeInPlace?(operator: BinaryOperator, left: Value, right: Value, call: Call): boolean;
  /** Unknown values and tensors come here only for "in", "is" and their negations. */
  compare(operator: ComparisonOperator, left: Value, right: Value, call: Call): Value;

  /** Undefined: surely there is none; `unknown` where there may be. Neither unknown values, tensors nor modules. */
  attribute(object: Value, name: string, call: Call): Value | undefined;
  /** What the program gets that asks for an attribute which surely isn't there: an error, or undefined. */
  missingAttribute(object: Value, name: string, call: Call): Value;
  setAttribute(object: Value, name: string, value: Value, call: Call): void;
  deleteAttribute(object: Value, name: string, call: Call): void;
  index(object: Value, indices: readonly Value[], call: Call): Value;
  setIndex(object: Value, indices: readonly Value[], value: Value, call: Call): void;
  deleteIndex(object: Value, indices: readonly Value[], call: Call): void;
  /** All that iterating gives; undefined where it cannot be known. Neither unknown values nor tensors. */
  items(value: Value, call: Call): readonly Value[] | undefined;
  /** As put into a template; undefined where it cannot be known. */
  show(value: Value, call: Call): string | undefined;
  /** a:b:c of Julia. */
  range?(start: Value, stop: Value, step: Value | undefined, call: Call): RangeValue | Value;
  /** f.(x) of Julia. */
  broadcast?(callee: Value, args: Arguments, call: Call): Value;

  /** Calls classes, instances and whatever else is neither a function nor unknown. `construct`: by JavaScript's `new`. */
  call(callee: Value, args: Arguments, call: Call, construct: boolean): Value;
  defineClass(tree: ClassTree, frame: Frame, interpreter: Interpreter): Value;
  /** What the name of a function's definition means from now on, decorators apart; without this, the function. Julia adds a method. */
  defineFunction?(value: FunctionValue, frame: Frame, interpreter: Interpreter): Value;
  /** What `with manager as name` gives the name; without this, the manager. */
  enterContext?(manager: Value, call: Call): Value;
  /** An exception that the program raises, in words. */
  describeError?(exception: Value, call: Call): { readonly code: string; readonly message: string };
  /** Whether a clause that names these exceptions catches an error; without this, clauses catch all. */
  catches?(error: ProgramError, named: readonly Value[]): boolean | "unknown";
  /** Before a body runs: what the language puts into its scope beside the parameters. */
  enter?(frame: Frame, args: Arguments): void;

  /**
   * Files of the workspace that an import may mean, the likeliest first, relative to the workspace with "/". `level` is the number of
   * leading dots in Python. The core reads the first that is there, else asks the libraries for `module` (a relative one is unknown).
   */
  modulePaths(module: string, level: number, from: string): readonly string[];
}
