import type { Value } from "../../../interpret/values.js";

/** An argument of a layer as plain data, the way saved configs write it (snake_case names); undefined where it is not known. */
export type Datum = null | undefined | boolean | number | string | readonly Datum[] | DatumRecord;
export interface DatumRecord {
  readonly [name: string]: Datum;
}

/** A value of a program as plain data; `others` answers for what is neither a constant nor a sequence of them. */
export function datumOf(value: Value, others: (value: Value) => Datum): Datum {
  switch (value.kind) {
    case "none":
      return null;
    case "boolean":
    case "number":
    case "string":
      return value.value;
    case "list":
    case "tuple":
      return value.items.map((item) => datumOf(item, others));
    default:
      return others(value);
  }
}

/** Arguments of a layer by name; those left out have their defaults. */
export type LayerData = DatumRecord;

export function isRecord(datum: Datum): datum is DatumRecord {
  return typeof datum === "object" && datum !== null && !Array.isArray(datum);
}

export function isArray(datum: Datum): datum is readonly Datum[] {
  return Array.isArray(datum);
}

/** A layer given as an argument of another one: `{ class_name, config }`. */
export interface LayerDatum {
  readonly className: string;
  readonly data: LayerData;
}

export function asLayer(datum: Datum): LayerDatum | undefined {
  if (!isRecord(datum)) return undefined;
  const { class_name: className, config } = datum;
  return typeof className === "string" && isRecord(config) ? { className, data: config } : undefined;
}
