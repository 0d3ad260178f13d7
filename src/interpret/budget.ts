import { ReadingStopped } from "./errors.js";
import type { Place } from "./values.js";

export interface Limits {
  /** Statements, calls and passes of loops, for one action. */
  readonly steps: number;
  readonly milliseconds: number;
  /** How deep calls nest. */
  readonly depth: number;
  /** Items of lists and characters of strings that are made, for one action. */
  readonly items: number;
}

/** Of networks that people write, those with the most steps take some 6,000. */
export const LIMITS: Limits = { steps: 200_000, milliseconds: 500, depth: 150, items: 3_000_000 };

/** The clock is asked once in so many steps. */
const CLOCK_EVERY = 32;

/** What reading may cost. It throws ReadingStopped when that is spent. */
export class Budget {
  #steps = 0;
  #items = 0;
  #depth = 0;
  #limits: Limits;
  #until: number;
  /** What imports have left, all together. */
  #imports: { readonly steps: number; readonly milliseconds: number };
  #isImporting = false;
  /** Milliseconds that imports have taken. */
  #imported = 0;
  /** Where imports spent what they have: what they lead to is not read from there on. */
  importsStopped: ReadingStopped | undefined;

  constructor(readonly limits: Limits) {
    this.#limits = limits;
    this.#until = Date.now() + limits.milliseconds;
    this.#imports = limits;
  }

  /** Starts anew; `less` are tighter limits for the next action. */
  refill(less: Partial<Limits> = {}): void {
    this.#steps = 0;
    this.#items = 0;
    this.#limits = { ...this.limits, ...less };
    this.#until = Date.now() + this.#limits.milliseconds;
  }

  step(place: Place): void {
    this.#steps++;
    const { steps, milliseconds } = this.#limits;
    if (this.#steps > steps) throw new ReadingStopped(`it takes more than ${steps} steps`, place);
    if (this.#steps % CLOCK_EVERY === 0 && Date.now() > this.#until)
      throw new ReadingStopped(`it takes more than ${milliseconds} ms`, place);
  }

  /** Runs an import, which is not charged to the file that imports: a large project leaves enough for the file itself. */
  importing<T>(place: Place, action: () => T): T {
    if (this.#isImporting) return action();
    const [steps, until, limits, start] = [this.#steps, this.#until, this.#limits, Date.now()];
    this.#isImporting = true;
    this.#limits = { ...limits, ...this.#imports };
    this.#steps = 0;
    this.#until = start + this.#imports.milliseconds;
    try {
      return action();
    } finally {
      const took = Date.now() - start;
      if (this.isSpent) this.importsStopped ??= new ReadingStopped("what it imports takes too long to read", place);
      this.#imports = { steps: this.#imports.steps - this.#steps, milliseconds: this.#imports.milliseconds - took };
      this.#isImporting = false;
      this.#limits = limits;
      this.#steps = steps;
      this.#until = until + took;
      this.#imported += took;
    }
  }

  /** Milliseconds by a clock that stands still while something is imported. */
  get clock(): number {
    return Date.now() - this.#imported;
  }

  get isSpent(): boolean {
    return this.#steps > this.#limits.steps || Date.now() > this.#until;
  }

  /** Before a list of so many items or a string of so many characters is made. */
  make(items: number, place: Place): void {
    this.#items += items;
    // NaN as well.
    if (!(this.#items <= this.#limits.items)) throw new ReadingStopped("its lists and strings are too long", place);
  }

  /** A call begins; every one that did has to `leave`. */
  enter(place: Place): void {
    if (this.#depth >= this.#limits.depth) throw new ReadingStopped(`calls nest deeper than ${this.#limits.depth}`, place);
    this.#depth++;
  }

  leave(): void {
    this.#depth--;
  }
}
