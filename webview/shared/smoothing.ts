import { Column } from "./growing.js";

/**
 * Exponential moving average with the bias of its start taken out (Kingma and Ba, "Adam", 2015, section 3):
 * m = f m + (1 - f) x, answer m / (1 - f^t). A factor of 0 is the series itself. What is not a number is passed over.
 */
export class Smoother {
  #mean = 0;
  #weight = 0;
  #source = Column.empty;
  #smooth = Column.empty;

  constructor(readonly factor: number) {}

  /** The smoothed column; only what was appended since the last call is computed. */
  of(source: Column): Column {
    if (source.length < this.#source.length || source.at(this.#source.length - 1) !== this.#source.last) this.#reset();
    const added = new Float64Array(source.length - this.#smooth.length);
    for (let i = 0; i < added.length; i++) added[i] = this.#next(source.at(this.#smooth.length + i));
    this.#smooth = this.#smooth.append(added);
    this.#source = source;
    return this.#smooth;
  }

  #next(value: number): number {
    if (Number.isFinite(value)) {
      this.#mean = this.factor * this.#mean + (1 - this.factor) * value;
      this.#weight = this.factor * this.#weight + (1 - this.factor);
    }
    return this.#weight > 0 ? this.#mean / this.#weight : value;
  }

  #reset(): void {
    this.#mean = 0;
    this.#weight = 0;
    this.#smooth = Column.empty;
  }
}
