import type { Value } from "./values.js";

/** Names and their values. A function's scope has the one around its definition as `outer`. */
export class Scope {
  readonly #values = new Map<string, Value>();
  #elsewhere: Map<string, Scope> | undefined;
  #open: ((name: string) => Value | undefined)[] | undefined;

  constructor(readonly outer?: Scope) {}

  /** Undefined where no scope around has the name. */
  find(name: string): Value | undefined {
    let scope: Scope | undefined = this;
    while (scope) {
      const value: Value | undefined = scope.#elsewhere?.get(name)?.find(name) ?? scope.#values.get(name) ?? scope.#imported(name);
      if (value) return value;
      scope = scope.outer;
    }
    return undefined;
  }

  /** The scope that an assignment in this one sets: this, or where `global` and `nonlocal` point to. */
  target(name: string): Scope {
    return this.#elsewhere?.get(name) ?? this;
  }

  /** Sets a name of this very scope. */
  set(name: string, value: Value): void {
    this.#values.set(name, value);
  }

  /** The innermost scope that has the name. */
  owner(name: string): Scope | undefined {
    const pointed = this.#elsewhere?.get(name);
    if (pointed) return pointed;
    return this.#values.has(name) ? this : this.outer?.owner(name);
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
  }

  /** Names and values of this very scope, in the order they came. */
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
