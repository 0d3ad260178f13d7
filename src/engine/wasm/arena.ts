import { align } from "./memory.js";

/** Gives out parts of a range of memory while a plan is made; `size` is what the range must have when the plan runs. */
export class Arena {
  /** Freed parts by offset, never touching each other. */
  #free: { start: number; end: number }[] = [];
  readonly #used = new Map<number, number>();
  #size = 0;

  constructor(private readonly base: number) {}

  get size(): number {
    return this.#size;
  }

  /** The smallest free part that is large enough, else new room at the end. */
  allocate(bytes: number): number {
    const needed = align(Math.max(bytes, 1));
    const fitting = this.#free.filter(({ start, end }) => end - start >= needed).sort((a, b) => a.end - a.start - (b.end - b.start))[0];
    const start = fitting ? fitting.start : this.#extend(needed);
    if (fitting) fitting.start += needed;
    this.#free = this.#free.filter((part) => part.start < part.end);
    this.#used.set(start, needed);
    return this.base + start;
  }

  release(address: number): void {
    const start = address - this.base;
    const bytes = this.#used.get(start);
    if (bytes === undefined) throw new Error(`Nothing is allocated at ${address}.`);
    this.#used.delete(start);
    const parts = [...this.#free, { start, end: start + bytes }].sort((a, b) => a.start - b.start);
    this.#free = [];
    for (const part of parts) {
      const last = this.#free.at(-1);
      if (last?.end === part.start) last.end = part.end;
      else this.#free.push(part);
    }
  }

  #extend(bytes: number): number {
    const last = this.#free.at(-1);
    const start = last?.end === this.#size ? last.start : this.#size;
    if (last && start === last.start) this.#free.pop();
    this.#size = start + bytes;
    return start;
  }
}
