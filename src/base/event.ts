import type { Disposable } from "./disposable.js";

/** Subscribe to something that happens; dispose the answer to stop listening. Same shape as VS Code's events. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** The firing side of an event, kept private by its owner. */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
