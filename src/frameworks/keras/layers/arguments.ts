import type { Size } from "../../../interpret/tensor.js";
import { asLayer, type Datum, isArray, type LayerData, type LayerDatum } from "./data.js";
import { type KerasLayer, Misfit, REQUIRED } from "./layer.js";

/** The arguments of one layer, read as its rule needs them. What is not known comes out undefined; what Keras would refuse is a Misfit. */
export class LayerArguments {
  constructor(
    private readonly layer: Pick<KerasLayer, "signature">,
    private readonly data: LayerData,
  ) {}

  /** As given, else the default; null where it has none. */
  get(name: string): Datum {
    if (Object.hasOwn(this.data, name)) return this.data[name];
    const fallback = this.layer.signature[name];
    if (fallback !== REQUIRED) return fallback ?? null;
    throw new Misfit({ code: "missing-argument", message: `needs ${name}, which is not given`, fixes: [] });
  }

  /** Whether it was given at all, as something other than None. */
  has(name: string): boolean {
    return Object.hasOwn(this.data, name) && this.data[name] !== null;
  }

  /** A whole number from `least`. */
  count(name: string, least = 1): Size {
    return this.#size(name, this.get(name), least);
  }

  /** One number for each of `rank` axes, or one for all. */
  sizes(name: string, rank: number, least = 1): Size[] {
    const value = this.get(name);
    if (isArray(value)) {
      if (value.length === rank) return value.map((size) => this.#size(name, size, least));
      // Keras takes a list of one for one axis only, but for every rank it does take plain numbers.
      const message = `${name} has ${value.length} numbers, but ${rank} ${rank === 1 ? "is" : "are"} needed`;
      throw new Misfit({ code: "wrong-argument", argument: name, message, fixes: [] });
    }
    return Array<Size>(rank).fill(this.#size(name, value, least));
  }

  /** Numbers before and after each of `rank` axes: one for all, one for each axis, or two for each. */
  sides(name: string, rank: number): (readonly [Size, Size])[] {
    const value = this.get(name);
    const axes = isArray(value) && (rank > 1 || value.length === 1) ? value : Array<Datum>(rank).fill(value);
    if (axes.length !== rank) {
      const message = `${name} has ${axes.length} entries, but ${rank} are needed`;
      throw new Misfit({ code: "wrong-argument", argument: name, message, fixes: [] });
    }
    return axes.map((axis) => {
      const [before, after] = isArray(axis) ? axis : [axis, axis];
      return [this.#size(name, before, 0), this.#size(name, after, 0)];
    });
  }

  number(name: string): number | undefined {
    const value = this.get(name);
    return typeof value === "number" ? value : undefined;
  }

  flag(name: string): boolean | undefined {
    const value = this.get(name);
    return typeof value === "boolean" ? value : typeof value === "number" ? value !== 0 : value === null ? false : undefined;
  }

  /** In lower case, as Keras takes "SAME" for "same". */
  word(name: string): string | undefined {
    const value = this.get(name);
    return typeof value === "string" ? value.toLowerCase() : undefined;
  }

  text(name: string): string | undefined {
    const value = this.get(name);
    return typeof value === "string" ? value : undefined;
  }

  list(name: string): readonly Datum[] | undefined {
    const value = this.get(name);
    return isArray(value) ? value : undefined;
  }

  inner(name: string): LayerDatum | undefined {
    return asLayer(this.get(name));
  }

  #size(name: string, value: Datum, least: number): Size {
    if (value === undefined) return undefined;
    if (typeof value === "number" && Number.isInteger(value) && value >= least) return value;
    if (typeof value !== "number") return undefined;
    const message = `${name} is ${numberText(value)}, but has to be a whole number from ${least}`;
    throw new Misfit({ code: "wrong-argument", argument: name, message, fixes: [] });
  }
}

/** A number for people: in JavaScript text times a number is one that is none. */
export function numberText(value: number): string {
  return Number.isNaN(value) ? "not a number" : String(value);
}
