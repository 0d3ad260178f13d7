import type { Size, TensorShape } from "../../../interpret/tensor.js";
import type { Value } from "../../../interpret/values.js";
import type { Reach } from "../../../layers/kind.js";
import { field, sizesOf } from "../data.js";

/** What an operation answers: one tensor's shape, or that of several. */
export interface Made {
  readonly shapes: readonly (TensorShape | undefined)[];
  /** Several are handed back as an array. */
  readonly several?: true;
  readonly dtype?: string;
  readonly reach?: Reach;
}

/** A row of the table. `fail` is what TensorFlow.js would throw. */
export type Rule = (args: Operands, fail: (message: string) => never) => Made;

export function one(shape: TensorShape | undefined, more: Omit<Made, "shapes" | "several"> = {}): Made {
  return { shapes: [shape], ...more };
}

/** Arguments of an operation, the tensor it is a method of first. */
export class Operands {
  constructor(
    readonly values: readonly Value[],
    /** All there are: no spread of something unknown. */
    readonly complete: boolean,
  ) {}

  /** Of a tensor, a number (a scalar) or nested arrays; undefined where it is not known. */
  shape(at: number): TensorShape | undefined {
    return shapeOf(this.values[at]);
  }

  /** A whole number; undefined where it is not known, `missing` where it is left out. */
  whole(at: number, missing?: number): number | undefined {
    const value = this.values[at];
    if (value === undefined || value.kind === "none") return this.complete ? missing : undefined;
    return value.kind === "number" && Number.isInteger(value.value) ? value.value : undefined;
  }

  /** Undefined where it is not known. */
  flag(at: number, missing: boolean): boolean | undefined {
    const value = this.values[at];
    if (value === undefined || value.kind === "none") return this.complete ? missing : undefined;
    return value.kind === "boolean" ? value.value : undefined;
  }

  word(at: number): string | undefined {
    const value = this.values[at];
    return value?.kind === "string" ? value.value : undefined;
  }

  sizes(at: number): Size[] | undefined {
    return sizesOf(this.values[at]);
  }

  /** One number for two axes, or one for each; undefined where they are not known. */
  pair(at: number, missing: number): readonly [Size, Size] | undefined {
    const value = this.values[at];
    if (value === undefined || value.kind === "none") return [missing, missing];
    const sizes = value.kind === "number" ? [value.value, value.value] : sizesOf(value);
    return sizes && [sizes[0], sizes[1] ?? sizes[0]];
  }

  given(at: number): boolean {
    const value = this.values[at];
    return value !== undefined && value.kind !== "none";
  }

  /** The same from an options object at this place on. */
  option(at: number, name: string): Value | undefined {
    return field(this.values[at], name);
  }

  from(first: number): Operands {
    return new Operands(this.values.slice(first), this.complete);
  }
}

export function shapeOf(value: Value | undefined): TensorShape | undefined {
  switch (value?.kind) {
    case "tensor":
      return value.tensor.shape;
    case "number":
    case "boolean":
      return [];
    case "list": {
      const [first] = value.items;
      if (!first) return [0];
      const inner = first.kind === "list" ? shapeOf(first) : [];
      return inner && [value.items.length, ...inner];
    }
    default:
      return undefined;
  }
}

/** An axis counted from the front; undefined where it does not exist. */
export function axisOf(axis: number, rank: number): number | undefined {
  const at = axis < 0 ? axis + rank : axis;
  return at >= 0 && at < rank ? at : undefined;
}

/** "[?,28,28,1]", as TensorFlow.js writes shapes. */
export function written(shape: TensorShape): string {
  return `[${shape.map((size) => size ?? "?").join(",")}]`;
}
