import type { Size, Tensor, TensorShape } from "../../../interpret/tensor.js";
import { type Call, NONE, type Value } from "../../../interpret/values.js";
import { numbersOf } from "./tensor.js";

/** Arguments of an operation by name, wherever they come from: a call, or the fields of a layer. What is unknown reads as undefined. */
export class Args {
  constructor(
    readonly find: (name: string) => Value | undefined,
    readonly call: Call,
  ) {}

  /** None where it was not given. */
  value(name: string): Value {
    return this.find(name) ?? NONE;
  }

  isNone(name: string): boolean {
    return this.value(name).kind === "none";
  }

  number(name: string): number | undefined {
    return numberOf(this.value(name));
  }

  text(name: string): string | undefined {
    const value = this.value(name);
    return value.kind === "string" ? value.value : undefined;
  }

  /** Whether it passes as true; `otherwise` where that is unknown. */
  flag(name: string, otherwise = false): boolean {
    const truth = this.call.interpreter.truth(this.value(name));
    return truth === "unknown" ? otherwise : truth;
  }

  /** Items of a list or tuple. */
  items(name: string): readonly Value[] | undefined {
    return itemsOf(this.value(name));
  }

  /** So many numbers: one for all of them, or one each. */
  sizes(name: string, count: number): readonly Size[] {
    const items = this.items(name);
    if (items?.length === count) return items.map(numberOf);
    const one = items?.length === 1 ? items[0] : this.value(name);
    return Array<Size>(count).fill(one && numberOf(one));
  }

  /** Numbers given one by one or as a list: `view(1, -1)`, `view((1, -1))`. Undefined where even their number is unknown. */
  numbers(name: string): readonly Size[] | undefined {
    const value = this.value(name);
    if (value.kind === "number") return [value.value];
    const items = itemsOf(value);
    const [first] = items ?? [];
    const nested = items?.length === 1 && first && first.kind !== "number" ? itemsOf(first) : items;
    return nested === undefined || (items?.length === 1 && first?.kind === "unknown") ? undefined : nested.map(numberOf);
  }

  tensor(name: string): Tensor | undefined {
    const value = this.value(name);
    return value.kind === "tensor" ? value.tensor : undefined;
  }

  shape(name: string): TensorShape | undefined {
    return this.tensor(name)?.shape;
  }
}

/** A number as a size or factor; a tensor with a single known number counts as one. */
export function numberOf(value: Value): number | undefined {
  if (value.kind === "number") return value.value;
  if (value.kind === "boolean") return Number(value.value);
  const numbers = numbersOf(value);
  return numbers?.length === 1 ? numbers[0] : undefined;
}

/** Items of a list, tuple or range. */
export function itemsOf(value: Value): readonly Value[] | undefined {
  if (value.kind === "list" || value.kind === "tuple") return value.items;
  const numbers = numbersOf(value);
  return numbers?.map((number) => ({ kind: "number", value: number, float: false }));
}
