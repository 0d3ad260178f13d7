/** What changes in place: a scope's names, an instance's fields, a dictionary's entries, a list's items. */
export type Store = unknown[] | Map<unknown, unknown>;

/** Stores as they were, or as they became. */
export type Snapshots = ReadonlyMap<Store, Store>;

/** Takes back what a trial changed. Each store is copied before its first change, and only while something is being tried. */
export class Journal {
  readonly #trials: Map<Store, Store>[] = [];

  /** Whether something is being tried. */
  get isTrying(): boolean {
    return this.#trials.length > 0;
  }

  /** What the action changes stays, also where something is being tried. */
  apart<T>(action: () => T): T {
    const trials = this.#trials.splice(0);
    try {
      return action();
    } finally {
      this.#trials.push(...trials);
    }
  }

  /** To be called before a store is changed. */
  willChange(store: Store): void {
    const trial = this.#trials.at(-1);
    if (trial && !trial.has(store)) trial.set(store, copy(store));
  }

  /** Runs the action and takes back what it changed; answers what the stores had become. */
  attempt<T>(action: () => T): { readonly outcome: T; readonly became: Snapshots } {
    const before = new Map<Store, Store>();
    this.#trials.push(before);
    let outcome: T;
    const became = new Map<Store, Store>();
    try {
      outcome = action();
    } finally {
      this.#trials.pop();
      for (const [store, earlier] of before) {
        became.set(store, copy(store));
        fill(store, earlier);
      }
    }
    return { outcome, became };
  }

  /** Gives stores the contents they had become. */
  redo(became: Snapshots): void {
    for (const [store, contents] of became) this.replace(store, contents);
  }

  replace(store: Store, contents: Store): void {
    this.willChange(store);
    fill(store, contents);
  }
}

function copy(store: Store): Store {
  return Array.isArray(store) ? store.slice() : new Map(store);
}

function fill(store: Store, contents: Store): void {
  if (Array.isArray(store)) {
    store.length = 0;
    for (const item of contents.values()) store.push(item);
  } else {
    store.clear();
    for (const [key, value] of contents.entries()) store.set(key, value);
  }
}
