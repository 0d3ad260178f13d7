import { philox, type RandomSource } from "./philox.js";

/** Random numbers one after another from a Philox stream, for shuffling, initial weights and drawn data. */
export class Random {
  readonly #counter: Uint32Array;
  readonly #words = new Uint32Array(4);
  #left = 0;

  constructor(private readonly source: RandomSource) {
    this.#counter = new Uint32Array([0, 0, source.step[0], source.step[1]]);
  }

  /** A whole number of 32 bits. */
  word(): number {
    if (this.#left === 0) {
      philox(this.#counter, this.source.seed, this.source.stream, this.#words);
      this.#counter[0] = (this.#counter[0] ?? 0) + 1;
      this.#left = 4;
    }
    return this.#words[4 - this.#left--] ?? 0;
  }

  /** In [0, 1). */
  uniform(): number {
    return this.word() / 2 ** 32;
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    return Math.floor(this.uniform() * limit);
  }

  /** Mean 0, variance 1 (Box and Muller, 1958). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Puts the entries in random order, in place (Fisher and Yates). */
  shuffle<T extends Int32Array | Uint32Array>(values: T): T {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const held = values[i] ?? 0;
      values[i] = values[j] ?? 0;
      values[j] = held;
    }
    return values;
  }
}
