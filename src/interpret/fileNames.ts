import type { Value } from "./values.js";

/** What `from file import *` takes from a file. It is read no sooner than somebody asks. */
export interface FileNames {
  find(name: string): Value | undefined;
  all(): Iterable<string>;
}

/** Files whose names a scope has taken: of a name that several set, the last one counts, as of what the scope sets itself in between. */
export class Files {
  readonly #files: FileNames[] = [];
  /** How many files had been taken when the scope itself last set a name. */
  readonly #before = new Map<string, number>();

  add(names: FileNames): void {
    this.#files.push(names);
  }

  bind(name: string): void {
    this.#before.set(name, this.#files.length);
  }

  /** Undefined where the scope set the name later than all files that have it. */
  find(name: string): Value | undefined {
    const first = this.#before.get(name) ?? 0;
    for (let at = this.#files.length - 1; at >= first; at--) {
      const value = this.#files[at]?.find(name);
      if (value) return value;
    }
    return undefined;
  }

  names(): string[] {
    return this.#files.flatMap((names) => [...names.all()]);
  }
}
