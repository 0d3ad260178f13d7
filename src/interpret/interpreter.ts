import type { BinaryOperator, Expression, FunctionTree, Module, Statement } from "../syntax/tree.js";
import { Budget, LIMITS, type Limits } from "./budget.js";
import { ProgramError, ReadingStopped } from "./errors.js";
import { evaluate } from "./expressions.js";
import type { Flow } from "./flow.js";
import type { Frame } from "./frame.js";
import { callFunction, makeFunction } from "./functions.js";
import { Journal, type Store } from "./journal.js";
import type { Library } from "./library.js";
import { Modules, type WorkspaceFiles } from "./modules.js";
import { computed } from "./operations.js";
import { Scope } from "./scope.js";
import type { Semantics } from "./semantics.js";
import { ShiftedSite, Site } from "./site.js";
import { execute } from "./statements.js";
import type { TensorOperations } from "./tensorOperations.js";
import { Trace } from "./trace.js";
import { Trials } from "./trials.js";
import {
  type Arguments,
  type Call,
  type ClassValue,
  type FunctionValue,
  type InterpreterApi,
  type Place,
  unknown,
  type Value,
} from "./values.js";

export interface InterpreterOptions {
  readonly semantics: Semantics;
  /** Asked in this order. */
  readonly libraries: readonly Library[];
  /** Reads files that are imported. */
  readonly parse: (file: string, text: string) => Module;
  readonly workspace?: WorkspaceFiles;
  readonly limits?: Partial<Limits>;
}

/** What an action came to. */
export type Attempt<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ProgramError | ReadingStopped };

/** A file that has run: its names, and the statements at its top that fail. The rest of the file has been read in spite of them. */
export interface FileRun {
  readonly globals: Scope;
  readonly failures: readonly (ProgramError | ReadingStopped)[];
}

const NOWHERE: Place = { file: "", range: { start: 0, end: 0 } };

/** Computes what is known of a program without running it. */
export class Interpreter implements InterpreterApi {
  readonly semantics: Semantics;
  readonly budget: Budget;
  readonly journal = new Journal();
  readonly modules: Modules;
  readonly trials = new Trials(this.journal, () => this.#trace);
  readonly stack: Place[] = [];
  /** Of the functions of the program that run now, outermost first. */
  readonly frames: Frame[] = [];
  /** Functions (for the top of a file, its names) in which a loop runs nobody knows how often. */
  readonly unsure = new Set<object>();
  #trace = new Trace();

  constructor(options: InterpreterOptions) {
    const { semantics, libraries, workspace, parse, limits } = options;
    this.semantics = semantics;
    this.budget = new Budget({ ...LIMITS, ...limits });
    const files = workspace && { read: (path: string) => (this.budget.isSpent ? undefined : workspace.read(path)) };
    this.modules = new Modules(semantics, libraries, files, parse, (file, tree, started) => {
      this.#runModule(file, tree, false, started);
    });
  }

  get trace(): Trace {
    return this.#trace;
  }

  get locals(): ReadonlyMap<string, Value> | undefined {
    return this.frames.at(-1)?.scope.own;
  }

  get tensors(): TensorOperations | undefined {
    return this.modules.tensors ?? this.modules.libraries.find(({ tensors }) => tensors)?.tensors;
  }

  /** Runs a file from its top. `main`: as the program, not as an import. Never throws. */
  run(file: string, tree: Module, main = true): FileRun {
    this.budget.refill();
    let globals = new Scope();
    const failures = this.#runModule(file, tree, main, (scope) => {
      globals = scope;
    });
    const { importsStopped } = this.budget;
    return { globals, failures: importsStopped ? [...failures, importsStopped] : failures };
  }

  /** Does something with values of the program, with a fresh budget, or a smaller one. Never throws what the program or the budget throws. */
  attempt<T>(action: () => T, less?: Partial<Limits>): Attempt<T> {
    this.budget.refill(less);
    return this.#caught(action);
  }

  /** What the action applies to tensors goes to this trace. */
  tracing<T>(trace: Trace, action: () => T): T {
    const outer = this.#trace;
    this.#trace = trace;
    try {
      return action();
    } finally {
      this.#trace = outer;
    }
  }

  evaluate(tree: Expression, frame: Frame): Value {
    return evaluate(tree, frame, this);
  }

  execute(statements: readonly Statement[], frame: Frame): Flow {
    return execute(statements, frame, this);
  }

  makeFunction(tree: FunctionTree, frame: Frame, owner?: ClassValue): FunctionValue {
    return makeFunction(tree, owner ? { ...frame, owner } : frame, this);
  }

  setName(scope: Scope, name: string, value: Value): void {
    this.journal.willChange(scope.own);
    scope.set(name, value);
  }

  willChange(store: Store): void {
    this.journal.willChange(store);
  }

  call(callee: Value, positional: readonly Value[], place: Place, named: ReadonlyMap<string, Value> = new Map()): Value {
    return this.apply(callee, { positional, named, incomplete: false }, new Site(this, place.file, place.range));
  }

  /** Calls anything. */
  apply(callee: Value, args: Arguments, call: Call, construct = false): Value {
    if (callee.kind === "unknown") return callee;
    const { place } = call;
    this.budget.step(place);
    this.budget.enter(place);
    this.stack.push(place);
    try {
      return this.#applied(callee, args, call, construct);
    } finally {
      this.stack.pop();
      this.budget.leave();
    }
  }

  builtin(name: string): Value | undefined {
    return this.semantics.builtins().get(name);
  }

  binary(operator: BinaryOperator, left: Value, right: Value, call: Call): Value {
    return computed(operator, left, right, call, this);
  }

  attribute(object: Value, name: string): Value | undefined {
    return this.#attribute(object, name, this.#here());
  }

  /** An attribute that the program asks for; throws where there surely is none. */
  attributeAt(object: Value, name: string, call: Call): Value {
    const value = this.#attribute(object, name, call);
    if (value) return value;
    if (object.kind === "module") return unknown(`${object.name}.${name} is not known`);
    if (object.kind === "tensor") return unknown(`.${name} of a tensor is not known`);
    return this.semantics.missingAttribute(object, name, call);
  }

  setAttribute(object: Value, name: string, value: Value): void {
    this.setAttributeAt(object, name, value, this.#here());
  }

  setAttributeAt(object: Value, name: string, value: Value, call: Call): void {
    if (object.kind === "unknown" || object.kind === "module") return;
    if (object.kind === "tensor") this.tensors?.setAttribute?.(object, name, value, call);
    else this.semantics.setAttribute(object, name, value, call);
  }

  items(value: Value): readonly Value[] | undefined {
    return this.itemsAt(value, this.#here());
  }

  itemsAt(value: Value, call: Call): readonly Value[] | undefined {
    if (value.kind === "unknown") return undefined;
    const items = value.kind === "tensor" ? this.tensors?.items(value, call) : this.semantics.items(value, call);
    if (items) this.budget.make(items.length, call.place);
    return items;
  }

  truth(value: Value): boolean | "unknown" {
    if (value.kind === "boolean") return value.value;
    return this.semantics.truth(value, this.#here());
  }

  #here(): Call {
    const { file, range } = this.stack.at(-1) ?? NOWHERE;
    return new Site(this, file, range);
  }

  #attribute(object: Value, name: string, call: Call): Value | undefined {
    if (object.kind === "unknown") return object;
    if (object.kind === "tensor") return this.tensors?.attribute(object, name, call);
    if (object.kind === "module") return object.get(name) ?? this.#moduleBelow(object.name, name);
    return this.semantics.attribute(object, name, call);
  }

  #moduleBelow(module: string, name: string): Value | undefined {
    const below = this.modules.find(`${module}.${name}`, 0, "");
    return below.kind === "module" ? below : undefined;
  }

  #applied(callee: Value, args: Arguments, call: Call, construct: boolean): Value {
    if (callee.kind === "function")
      return construct ? this.semantics.call(callee, args, call, true) : this.#run(callee, undefined, args, call);
    if (callee.kind === "native") return callee.call(args, call);
    if (callee.kind !== "method") {
      return callee.kind === "tensor" ? unknown("a tensor is called") : this.semantics.call(callee, args, call, construct);
    }
    if (callee.function.kind === "function") return this.#run(callee.function, callee.self, args, call);
    return callee.function.call({ ...args, positional: [callee.self, ...args.positional] }, new ShiftedSite(call, 1));
  }

  #run(callee: FunctionValue, self: Value | undefined, args: Arguments, call: Call): Value {
    const depth = this.frames.length;
    try {
      return callFunction(callee, self, args, call, this);
    } finally {
      this.frames.length = depth;
    }
  }

  #runModule(file: string, tree: Module, main: boolean, started: (scope: Scope) => void): (ProgramError | ReadingStopped)[] {
    const globals = new Scope(this.#builtins());
    started(globals);
    for (const [name, value] of this.semantics.fileNames(file, main)) globals.set(name, value);
    const frame: Frame = { file, scope: globals, closure: globals, globals };
    const failures: (ProgramError | ReadingStopped)[] = [];
    for (const statement of tree.body) {
      const attempt = this.#caught(() => this.execute([statement], frame));
      if (attempt.ok) continue;
      failures.push(attempt.error);
      if (attempt.error instanceof ReadingStopped) break;
      spoil(statement, globals);
    }
    return failures;
  }

  #builtinScope: Scope | undefined;

  #builtins(): Scope {
    if (!this.#builtinScope) {
      this.#builtinScope = new Scope();
      for (const [name, value] of this.semantics.builtins()) this.#builtinScope.set(name, value);
    }
    return this.#builtinScope;
  }

  #caught<T>(action: () => T): Attempt<T> {
    const depth = this.stack.length;
    const place = () => this.stack.at(-1) ?? NOWHERE;
    try {
      return { ok: true, value: action() };
    } catch (error) {
      if (error instanceof ProgramError || error instanceof ReadingStopped) return { ok: false, error };
      // The stack of the reader itself.
      if (error instanceof RangeError) return { ok: false, error: new ReadingStopped("the code nests too deep", place()) };
      throw error;
    } finally {
      this.stack.length = depth;
    }
  }
}

/** What a failed statement would have set is not known. */
function spoil(statement: Statement, globals: Scope): void {
  if (statement.kind !== "assign") return;
  for (const target of statement.targets) {
    if (target.kind === "name") globals.set(target.name, unknown("the statement that sets it fails"));
  }
}
