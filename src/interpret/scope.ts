import type { Value } from "./values.js";

/** Names and their values. A function's scope has the one around its definition as `outer`. */
export class Scope {
  readonly #values = new Map<string, Value>();

  constructor(readonly outer?: Scope) {}

  /** Undefined where no scope around has the name. */
  find(name: string): Value | undefined {
    return this.#values.get(name) ?? this.outer?.find(name);
  }

  /** Sets a name of this very scope. */
  set(name: string, value: Value): void {
    this.#values.set(name, value);
  }

  /** The innermost scope that has the name. */
  owner(name: string): Scope | undefined {
    return this.#values.has(name) ? this : this.outer?.owner(name);
  }

  delete(name: string): void {
    this.#values.delete(name);
  }

  /** Names and values of this very scope, in the order they came. */
  get own(): ReadonlyMap<string, Value> {
    return this.#values;
  }
}
