import type { Size, TensorShape } from "../../interpret/tensor.js";
import { type DictionaryValue, type InstanceValue, NONE, type Value } from "../../interpret/values.js";
import { type Datum, type DatumRecord, datumOf } from "../keras/layers/data.js";
import { layerOf } from "./layer.js";
import { snakeCase } from "./names.js";

/** What a config object has under a name; undefined where it is left out. */
export function field(config: Value | undefined, name: string): Value | undefined {
  if (config?.kind !== "dictionary") return undefined;
  for (const { key, value } of config.entries.values()) if (key.kind === "string" && key.value === name) return value;
  return undefined;
}

/** Arguments whose values are names of other things, which Keras spells with underscores. */
const SPELLED = new Set(["activation", "recurrent_activation", "data_format", "merge_mode", "interpolation"]);

/** A layer's config as Keras' tables take it. What stands for an unknown config is that nothing in it is known. */
export function configData(config: DictionaryValue): DatumRecord {
  const data: Record<string, Datum> = {};
  for (const { key, value } of config.entries.values()) {
    if (key.kind !== "string") continue;
    const name = snakeCase(key.value);
    const datum = datumOf(value, compoundDatum);
    data[name] = SPELLED.has(name) && typeof datum === "string" ? snakeCase(datum) : datum;
  }
  return data;
}

/** Undefined where a value is not known, or is no plain data (a function). */
function compoundDatum(value: Value): Datum {
  if (value.kind === "dictionary") return configData(value);
  return value.kind === "instance" ? describedBy(value) : undefined;
}

/** Layers, initializers and regularizers as `{ class_name, config }`. */
function describedBy(value: InstanceValue): Datum {
  const layer = layerOf(value);
  if (layer) return { class_name: layer.className, config: layer.data };
  return value.payload instanceof Described ? { class_name: value.payload.className, config: value.payload.data } : undefined;
}

/** An initializer or regularizer. */
export class Described {
  constructor(
    readonly className: string,
    readonly data: DatumRecord,
  ) {}
}

/** Sizes in a list; unknown ones, and `null`, are undefined. Undefined where it is no list. */
export function sizesOf(value: Value | undefined): Size[] | undefined {
  if (value?.kind !== "list" && value?.kind !== "tuple") return undefined;
  return value.items.map((size) => (size.kind === "number" && Number.isInteger(size.value) ? size.value : undefined));
}

/** A shape as a program sees it: the batch is `null`, other unknown sizes are unknown. */
export function shapeValue(shape: TensorShape | undefined): Value {
  if (!shape) return { kind: "unknown", why: "this shape is not known" };
  const size = (each: Size, axis: number): Value => {
    if (each !== undefined) return { kind: "number", value: each, float: false };
    return axis === 0 ? NONE : { kind: "unknown", why: "this size is not known" };
  };
  return { kind: "list", items: shape.map(size) };
}
