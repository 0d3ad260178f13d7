import type { WeightSource } from "../../../interpret/trace.js";

/** A tensor that the file stores, as a graph sees it: reshaped, then with its axes in another order. */
export class Constant {
  private constructor(
    readonly parameter: string,
    private readonly stored: readonly number[],
    private readonly sizes: readonly number[],
    private readonly order: readonly number[],
    /** False for what the file writes into an operator instead of among its weights. */
    readonly learned: boolean,
  ) {}

  static stored(parameter: string, shape: readonly number[], learned: boolean): Constant {
    return new Constant(parameter, shape, shape, inPlace(shape), learned);
  }

  get shape(): readonly number[] {
    return this.order.map((axis) => this.sizes[axis] ?? 1);
  }

  get count(): number {
    return this.sizes.reduce((product, size) => product * size, 1);
  }

  /** Undefined where axes have been reordered before: such a view is nothing that a weight can be read as. */
  reshaped(shape: readonly number[]): Constant | undefined {
    const ordered = this.order.every((axis, i) => axis === i);
    return ordered ? new Constant(this.parameter, this.stored, shape, inPlace(shape), this.learned) : undefined;
  }

  /** The axes in another order: axis i is what was axis `axes[i]`. */
  permuted(axes: readonly number[]): Constant {
    const order = axes.map((axis) => this.order[axis] ?? 0);
    return new Constant(this.parameter, this.stored, this.sizes, order, this.learned);
  }

  /** With axes of 1 in front up to this many. */
  padded(rank: number): Constant {
    const missing = Math.max(0, rank - this.order.length);
    const sizes = [...Array<number>(missing).fill(1), ...this.sizes];
    const order = [...Array(missing).keys(), ...this.order.map((axis) => axis + missing)];
    return new Constant(this.parameter, this.stored, sizes, order, this.learned);
  }

  /** Where a weight with these numbers is read from. */
  get source(): WeightSource {
    if (this.order.every((axis, i) => axis === i)) return { parameter: this.parameter };
    const reshaped = String(this.sizes) !== String(this.stored);
    return { parameter: this.parameter, ...(reshaped && { shape: this.sizes }), permutation: this.order };
  }
}

const inPlace = (shape: readonly number[]): number[] => shape.map((_, axis) => axis);
