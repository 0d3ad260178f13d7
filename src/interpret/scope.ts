import { type FileNames, Files } from "./fileNames.js";
import type { Value } from "./values.js";

/** Names and their values. A function's scope has the one around its definition as `outer`. */
export class Scope {
  readonly #values = new Map<string, Value>();
  #elsewhere: Map<string, Scope> | undefined;
  #open: ((name: string) => Value | undefined)[] | undefined;
  #late: Map<string, () => Value> | undefined;
  #files: Files | undefined;

  constructor(readonly outer?: Scope) {}

  /** Undefined where no scope around has the name. */
  find(name: string): Value | undefined {
    let scope: Scope | undefined = this;
    while (scope) {
      const value: Value | undefined = scope.#elsewhere?.get(name)?.find(name) ?? scope.member(name) ?? scope.#imported(name);
      if (value) return value;
      scope = scope.outer;
    }
    return undefined;
  }

  /** The scope that an assignment in this one sets: this, or where `global` and `nonlocal` point to. */
  target(name: string): Scope {
    return this.#elsewhere?.get(name) ?? this;
  }

  /** The value of a name of this very scope, also where it is worked out now; undefined where it has none. */
  member(name: string): Value | undefined {
    return this.#files?.find(name) ?? this.#values.get(name) ?? this.#late?.get(name)?.();
  }

  /** Whether this very scope sets the name itself. */
  has(name: string): boolean {
    return this.#values.has(name) || this.#late?.has(name) === true;
  }

  /** All names that have a value in this very scope. */
  names(): ReadonlySet<string> {
    return new Set([...this.#values.keys(), ...(this.#late?.keys() ?? []), ...(this.#files?.names() ?? [])]);
  }

  /** Sets a name of this very scope. */
  set(name: string, value: Value): void {
    this.#files?.bind(name);
    this.#values.set(name, value);
  }

  /** Sets a name that has no value yet to one that is worked out each time somebody asks. */
  setLate(name: string, value: () => Value): void {
    this.#files?.bind(name);
    this.#late ??= new Map();
    this.#late.set(name, value);
  }

  /** All names of a file are set, to what `names` says when somebody asks. */
  setFile(names: FileNames): void {
    this.#files ??= new Files();
    this.#files.add(names);
  }

  /** The innermost scope that has the name. */
  owner(name: string): Scope | undefined {
    const pointed = this.#elsewhere?.get(name);
    if (pointed) return pointed;
    return this.has(name) ? this : this.outer?.owner(name);
  }

  /** From now on this name is that scope's. */
  pointTo(name: string, scope: Scope): void {
    this.#elsewhere ??= new Map();
    this.#elsewhere.set(name, scope);
  }

  /** All names of a library's module are there from now on, where this scope has none of its own. */
  open(names: (name: string) => Value | undefined): void {
    this.#open ??= [];
    this.#open.push(names);
  }

  delete(name: string): void {
    this.#values.delete(name);
    this.#late?.delete(name);
  }

  /** Names and values of this very scope, in the order they came, without those that are worked out when somebody asks. */
  get own(): Map<string, Value> {
    return this.#values;
  }

  #imported(name: string): Value | undefined {
    for (const names of this.#open ?? []) {
      const value = names(name);
      if (value) return value;
    }
    return undefined;
  }
}
