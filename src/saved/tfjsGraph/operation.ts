import type { Size, TensorShape } from "../../interpret/tensor.js";
import type { Attributes } from "./nodes.js";

/** What is known of a tensor in a graph: its shape, and its numbers where they decide other shapes. */
export interface Known {
  readonly shape: TensorShape | undefined;
  readonly values?: readonly Size[] | undefined;
}

export const UNKNOWN: Known = { shape: undefined };

/** A row of the table: what an operation makes of its inputs. `outputs` of those that have several. */
export type Operation = (inputs: Inputs, attributes: Attributes) => readonly Known[];

/** The inputs of a node; one that is not there is unknown. */
export class Inputs {
  constructor(readonly all: readonly Known[]) {}

  shape(at: number): TensorShape | undefined {
    return this.all[at]?.shape;
  }

  values(at: number): readonly Size[] | undefined {
    return this.all[at]?.values;
  }

  /** A single number. */
  value(at: number): Size {
    const values = this.values(at);
    return values?.length === 1 ? values[0] : undefined;
  }

  get count(): number {
    return this.all.length;
  }
}

/** An axis counted from the front. */
export function axisIn(axis: Size, rank: number): number | undefined {
  if (axis === undefined) return undefined;
  const at = axis < 0 ? axis + rank : axis;
  return at >= 0 && at < rank ? at : undefined;
}

export const shaped = (shape: TensorShape | undefined): readonly Known[] => [{ shape }];
