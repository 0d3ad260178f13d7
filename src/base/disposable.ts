/** Something with an end: a listener, a process, a panel. */
export interface Disposable {
  dispose(): void;
}

/** Owns what lives as long as it does. Whatever lives long is created inside `_register(...)`, so ownership is visible. */
export abstract class Owner implements Disposable {
  readonly #owned = new Set<Disposable>();
  #disposed = false;

  protected get isDisposed(): boolean {
    return this.#disposed;
  }

  protected _register<T extends Disposable>(item: T): T {
    if (this.#disposed) item.dispose();
    else this.#owned.add(item);
    return item;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const item of [...this.#owned].reverse()) item.dispose();
    this.#owned.clear();
  }
}
