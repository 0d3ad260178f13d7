import type { Value } from "../values.js";

/** A value as JavaScript puts it into a string; undefined where that is not known. */
export function show(value: Value): string | undefined {
  switch (value.kind) {
    case "string":
      return value.value;
    case "number":
    case "boolean":
      return String(value.value);
    case "list": {
      const parts = value.items.map((item) => (item.kind === "none" ? "" : show(item)));
      return parts.includes(undefined) ? undefined : parts.join(",");
    }
    default:
      return undefined;
  }
}
