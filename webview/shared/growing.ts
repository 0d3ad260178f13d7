/** A buffer several columns look into; only the longest of them may extend it in place. */
interface Store {
  numbers: Float64Array;
  used: number;
}

/** A column of numbers that only grows. Immutable: appending answers a longer column, which shares the buffer where it can. */
export class Column {
  static readonly empty = new Column({ numbers: new Float64Array(0), used: 0 }, 0);

  private constructor(
    private readonly store: Store,
    readonly length: number,
  ) {}

  /** A view without a copy. */
  get values(): Float64Array {
    return this.store.numbers.subarray(0, this.length);
  }

  /** NaN outside. */
  at(index: number): number {
    return index >= 0 && index < this.length ? (this.store.numbers[index] ?? Number.NaN) : Number.NaN;
  }

  get last(): number {
    return this.at(this.length - 1);
  }

  append(values: ArrayLike<number>): Column {
    const length = this.length + values.length;
    let store = this.store;
    if (store.used !== this.length || length > store.numbers.length) {
      store = { numbers: new Float64Array(Math.max(1024, 2 * length)), used: this.length };
      store.numbers.set(this.values);
    }
    store.numbers.set(values, this.length);
    store.used = length;
    return new Column(store, length);
  }

  /** The first `length` entries. */
  take(length: number): Column {
    return length >= this.length ? this : new Column(this.store, Math.max(0, length));
  }
}
