import type { Attribute } from "../../../interpret/trace.js";
import { asLayer, type Datum, isArray, isRecord, type LayerData } from "./data.js";

/** What is told elsewhere, or says nothing of what the layer does. */
const LEFT_OUT = new Set(["name", "dtype", "trainable", "batch_shape", "batch_input_shape", "input_shape"]);

/** A layer's arguments as they are shown: those that were chosen, objects by their classes. `rename`: as its language spells them. */
export function dataAttributes(data: LayerData, rename = (name: string) => name): Attribute[] {
  return Object.entries(data).flatMap(([name, datum]) => {
    const isShown = !LEFT_OUT.has(name) && datum !== null && datum !== undefined;
    return isShown ? [{ name: rename(name), value: datumText(datum) }] : [];
  });
}

function datumText(datum: Datum): string {
  const layer = asLayer(datum);
  if (layer) return layer.className;
  if (isArray(datum)) return `[${datum.map(datumText).join(", ")}]`;
  if (isRecord(datum))
    return `{${Object.entries(datum)
      .map(([name, value]) => `${name}: ${datumText(value)}`)
      .join(", ")}}`;
  return String(datum ?? "?");
}
