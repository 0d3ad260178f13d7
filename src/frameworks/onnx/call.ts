import { sizesText } from "../../base/words.js";
import type { Size, TensorShape } from "../../interpret/tensor.js";
import type { Formula, Reach } from "../../layers/kind.js";
import { type Attribute, type Fact, type Graph, type Node, UNKNOWN } from "./graph.js";

/** What an operator makes of its inputs. */
export interface Made {
  readonly outputs: readonly Fact[];
  /** For one example; undefined where unknown. */
  readonly multiplyAdds?: number | undefined;
  readonly reach?: Reach;
  readonly formulas?: () => readonly Formula[];
}

/** Why an operator would fail when it runs: the end of a sentence that begins with its name. */
export interface Refused {
  readonly refused: string;
}

/** One row of the table of operators. Must not throw, whatever it is given. */
export type Rule = (call: NodeCall) => Made | Refused;

export const refuse = (why: string): Refused => ({ refused: why });
export const make = (...outputs: readonly Fact[]): Made => ({ outputs });

export function isRefused<T extends object>(made: T | Refused): made is Refused {
  return "refused" in made;
}

/** A node with what is known of its inputs. */
export class NodeCall {
  constructor(
    readonly node: Node,
    readonly inputs: readonly (Fact | undefined)[],
    /** The version of ONNX' own operators. */
    readonly operatorSet: number,
    /** What a graph inside the node answers; it sees the values around it. */
    readonly branch: (graph: Graph) => readonly Fact[],
  ) {}

  /** What is known of an input; nothing where it is left out. */
  input(index: number): Fact {
    return this.inputs[index] ?? UNKNOWN;
  }

  given(index: number): boolean {
    return this.inputs[index] !== undefined;
  }

  attribute(name: string): Attribute | undefined {
    return this.node.attributes.get(name);
  }

  number<Fallback extends number | undefined>(name: string, fallback: Fallback): number | Fallback {
    return this.attribute(name)?.number ?? fallback;
  }

  /** Undefined where the attribute is absent. */
  numbers(name: string): readonly number[] | undefined {
    return this.attribute(name)?.numbers;
  }

  text(name: string, fallback: string): string {
    const text = this.attribute(name)?.text;
    return text ? text : fallback;
  }

  /** Numbers that are an attribute in old operator sets and an input in new ones; undefined where they are not known. */
  list(name: string, index: number): readonly Size[] | undefined {
    return this.given(index) ? this.input(index).elements : this.numbers(name);
  }
}

export function fact(shape: TensorShape | undefined, dtype: string | undefined): Fact {
  return { shape, dtype };
}

/** An axis counted from the front; undefined where there is no such axis. */
export function axisIn(axis: number, rank: number): number | undefined {
  const place = axis < 0 ? axis + rank : axis;
  return Number.isInteger(place) && place >= 0 && place < rank ? place : undefined;
}

/** How many numbers there are; undefined where a size is unknown (a known zero is zero all the same). */
export function count(shape: readonly Size[]): number | undefined {
  let product = 1;
  let known = true;
  for (const size of shape) {
    if (size === 0) return 0;
    if (size === undefined) known = false;
    else product *= size;
  }
  return known ? product : undefined;
}

/** "2x3x?" for messages. */
export function written(shape: TensorShape | undefined): string {
  return shape === undefined ? "unknown shape" : sizesText(shape);
}

/** A shape with one size changed. */
export function withSize(shape: TensorShape, axis: number, size: Size): TensorShape {
  return shape.map((each, i) => (i === axis ? size : each));
}

/** The shape of what numpy's broadcasting makes; "unfit" where sizes cannot be joined, undefined where a rank is unknown. */
export function broadcast(shapes: readonly (TensorShape | undefined)[]): TensorShape | "unfit" | undefined {
  const known = shapes.filter((shape) => shape !== undefined);
  const rank = Math.max(0, ...known.map((shape) => shape.length));
  const joined: Size[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const sizes = known.flatMap((shape) => (axis < rank - shape.length ? [] : [shape[axis - rank + shape.length]]));
    const large = new Set(sizes.filter((size) => size !== undefined && size !== 1));
    if (large.size > 1) return "unfit";
    const [size] = large;
    joined.push(size ?? (sizes.includes(undefined) ? undefined : 1));
  }
  return known.length < shapes.length ? undefined : joined;
}
