import { isPair, numberOf, wholeOf } from "../../interpret/julia/natives.js";
import { isSequence, itemsOf } from "../../interpret/julia/operators.js";
import type { Size } from "../../interpret/tensor.js";
import type { Arguments, Call, Value } from "../../interpret/values.js";

/** The arguments of a layer's constructor, read as its rule needs them: what is not known comes out undefined. */
export class LayerArguments {
  constructor(
    readonly args: Arguments,
    readonly call: Call,
  ) {}

  at(position: number): Value | undefined {
    return this.args.positional[position];
  }

  named(name: string): Value | undefined {
    return this.args.named.get(name);
  }

  get count(): number {
    return this.args.positional.length;
  }

  size(position: number): Size {
    return wholeOf(this.at(position));
  }

  /** `in => out` at a position; also as two arguments, the way Flux had it. How many arguments it takes up. */
  pair(position: number): { readonly from: Value | undefined; readonly to: Value | undefined; readonly taken: 1 | 2 } {
    const first = this.at(position);
    if (isPair(first)) return { from: first.items[0], to: first.items[1], taken: 1 };
    if (first?.kind === "unknown") return { from: undefined, to: undefined, taken: 1 };
    return { from: first, to: this.at(position + 1), taken: 2 };
  }

  /** One number for each of `rank` axes, or one for all. */
  sizes(name: string, rank: number, missing: number): Size[] {
    const value = this.named(name);
    if (!value) return Array<Size>(rank).fill(this.args.incomplete ? undefined : missing);
    if (isSequence(value)) return Array.from({ length: rank }, (_, at) => wholeOf(itemsOf(value)[at]));
    return Array<Size>(rank).fill(wholeOf(value));
  }

  /** True where it is left out; undefined where it is not known. An array counts as true. */
  flag(name: string, missing: boolean): boolean | undefined {
    const value = this.named(name);
    if (!value) return this.args.incomplete ? undefined : missing;
    if (value.kind === "boolean") return value.value;
    return value.kind === "unknown" ? undefined : true;
  }

  number(position: number): number | undefined {
    return numberOf(this.at(position));
  }
}

/** Numbers of a tuple; undefined where it is no tuple. */
export function tupleSizes(value: Value | undefined): Size[] | undefined {
  return value && isSequence(value) ? itemsOf(value).map(wholeOf) : undefined;
}
