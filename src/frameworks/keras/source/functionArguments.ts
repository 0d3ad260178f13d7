import { programError } from "../../../interpret/errors.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import { type Arguments, NONE, type Place, type Value } from "../../../interpret/values.js";
import { sizeOf, sizesOf } from "./datum.js";

/** Arguments of a function of TensorFlow or keras.ops, by position and by any of the names they have. */
export class FunctionArguments {
  constructor(
    readonly name: string,
    private readonly args: Arguments,
    private readonly place: Place,
  ) {}

  value(position: number, ...names: readonly string[]): Value {
    const named = names.find((name) => this.args.named.has(name));
    return (named === undefined ? this.args.positional[position] : this.args.named.get(named)) ?? NONE;
  }

  /** Of a tensor, or of a plain number, which has none; undefined where it is not known. */
  shape(position: number, ...names: readonly string[]): TensorShape | undefined {
    return shapeIn(this.value(position, ...names));
  }

  /** Shapes of a list of tensors. */
  shapes(position: number, ...names: readonly string[]): readonly (TensorShape | undefined)[] | undefined {
    const value = this.value(position, ...names);
    return value.kind === "list" || value.kind === "tuple" ? value.items.map(shapeIn) : undefined;
  }

  size(position: number, ...names: readonly string[]): Size {
    return sizeOf(this.value(position, ...names));
  }

  sizes(position: number, ...names: readonly string[]): readonly Size[] | undefined {
    return sizesOf(this.value(position, ...names));
  }

  flag(position: number, ...names: readonly string[]): boolean {
    const value = this.value(position, ...names);
    return value.kind === "boolean" && value.value;
  }

  isNone(position: number, ...names: readonly string[]): boolean {
    return this.value(position, ...names).kind === "none";
  }

  /** What TensorFlow would raise. */
  refuse(code: string, message: string): never {
    throw programError(code, `${this.name} ${message}`, this.place);
  }
}

function shapeIn(value: Value): TensorShape | undefined {
  if (value.kind === "tensor") return value.tensor.shape;
  if (value.kind === "number" || value.kind === "boolean") return [];
  if (value.kind !== "list" && value.kind !== "tuple") return undefined;
  const inner = value.items.map(shapeIn);
  const [first] = inner;
  return first && inner.every((shape) => shape?.length === first.length) ? [value.items.length, ...first] : undefined;
}
