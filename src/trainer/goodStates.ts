import type { Checkpoint } from "../runs/checkpoints.js";

/** Larger networks are not kept in memory a second time; their checkpoints on disk must do. */
const LARGEST_BYTES = 256e6;
/** At least this many milliseconds, and a hundred times what taking one costs, lie between two states. */
const INTERVAL_MS = 1000;
const COST_FACTOR = 100;

/** A state and the rates of all steps after it: enough to take those steps again. */
export interface GoodState {
  readonly state: Checkpoint;
  /** Of steps state.progress.step + 1, + 2, ... */
  readonly rates: readonly number[];
}

/**
 * Remembers a state from one or two seconds ago, so that a training that diverges can go back to before it began to. A state is only
 * trusted when the next one could be taken, as weights may be ruined some steps before the loss shows it.
 */
export class GoodStates {
  #trusted: Checkpoint | undefined;
  #candidate: Checkpoint | undefined;
  #rates: number[] = [];
  #next = performance.now() + INTERVAL_MS;
  readonly #areKept: boolean;

  /** `start` is what the first step is taken from. */
  constructor(start: Checkpoint) {
    this.#areKept = [...start.variables.values()].reduce((bytes, { byteLength }) => bytes + byteLength, 0) <= LARGEST_BYTES;
    if (this.#areKept) this.#candidate = start;
  }

  /** To be called before each step. `capture` copies the state as it is. */
  offer(capture: () => Checkpoint): void {
    const start = performance.now();
    if (!this.#areKept || start < this.#next) return;
    const first = this.latest?.state.progress.step;
    this.#trusted = this.#candidate;
    this.#candidate = capture();
    const from = this.#trusted?.progress.step ?? this.#candidate.progress.step;
    this.#rates = this.#rates.slice(from - (first ?? from));
    const end = performance.now();
    this.#next = end + Math.max(INTERVAL_MS, COST_FACTOR * (end - start));
  }

  /** The rate of a step that is about to be taken. */
  rate(rate: number): void {
    if (this.#candidate !== undefined) this.#rates.push(rate);
  }

  get latest(): GoodState | undefined {
    const state = this.#trusted ?? this.#candidate;
    return state && { state, rates: this.#rates };
  }
}
