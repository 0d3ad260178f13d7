import type { Size, TensorShape } from "../../../interpret/tensor.js";
import { integer, list, NONE, type TupleValue, unknown, type Value } from "../../../interpret/values.js";
import { type Datum, datumOf } from "../layers/data.js";
import { LayerState, layerState } from "./state.js";

/** A value of the program as a layer's table takes it; undefined where it is not known or no plain data. */
export const toDatum = (value: Value): Datum => datumOf(value, compoundDatum);

function compoundDatum(value: Value): Datum {
  switch (value.kind) {
    case "range": {
      const items: number[] = [];
      for (let i = value.start; value.step > 0 ? i < value.stop : i > value.stop; i += value.step) items.push(i);
      return items;
    }
    case "dictionary":
      return Object.fromEntries(
        [...value.entries.values()].flatMap(({ key, value: item }) => (key.kind === "string" ? [[key.value, toDatum(item)]] : [])),
      );
    case "native":
      return { class_name: "function", config: value.name.split(".").at(-1) ?? value.name };
    case "instance": {
      const layer = layerState(value);
      if (layer instanceof LayerState) return { class_name: layer.className, config: layer.data };
      return value.payload instanceof ConfiguredObject ? { class_name: value.class.name, config: value.payload.config } : undefined;
    }
    default:
      return undefined;
  }
}

/** Initializers, regularizers and the like: their arguments. */
export class ConfiguredObject {
  constructor(readonly config: Readonly<Record<string, Datum>>) {}
}

/** A shape as programs see it: a tuple with None for what may be anything. */
export function shapeValue(shape: TensorShape | undefined): Value {
  if (!shape) return unknown("a shape that is not known");
  return { kind: "tuple", items: shape.map((size) => (size === undefined ? NONE : integer(size))), attribute: shapeAttribute };
}

/** What a TensorShape of TensorFlow has and a tuple has not. */
function shapeAttribute(name: string, { items }: TupleValue): Value | undefined {
  if (name === "rank" || name === "ndims") return integer(items.length);
  if (name === "dims") return list(items);
  return name === "as_list" ? { kind: "native", name, call: () => list(items) } : undefined;
}

export function sizeOf(value: Value | undefined): Size {
  return value?.kind === "number" ? value.value : undefined;
}

/** Sizes in a tuple or list; None and what is unknown are undefined. Undefined where even their number is unknown. */
export function sizesOf(value: Value | undefined): readonly Size[] | undefined {
  if (value?.kind === "number") return [value.value];
  return value?.kind === "tuple" || value?.kind === "list" ? value.items.map(sizeOf) : undefined;
}
