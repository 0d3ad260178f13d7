import type { Value } from "../values.js";

/** As string interpolation and `string` write it; undefined for what is not a simple value. */
export function show(value: Value): string | undefined {
  switch (value.kind) {
    case "none":
      return "nothing";
    case "boolean":
      return String(value.value);
    case "number":
      return value.float && Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value);
    case "string":
      return value.value;
    case "tuple":
    case "list": {
      const items = value.items.map(show);
      if (items.includes(undefined)) return undefined;
      return value.kind === "list" ? `[${items.join(", ")}]` : `(${items.join(", ")}${items.length === 1 ? "," : ""})`;
    }
    default:
      return undefined;
  }
}
