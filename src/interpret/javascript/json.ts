import { keyOf } from "../keys.js";
import { text, unknown, type Value } from "../values.js";
import { fromHost } from "./host.js";

/** JSON.parse of a known string. */
export function parsed(value: Value | undefined): Value {
  if (value?.kind !== "string") return unknown("what is parsed is not known");
  try {
    return fromJson(JSON.parse(value.value));
  } catch {
    return unknown("this is no JSON");
  }
}

/** What JSON holds, as a value of the program. */
function fromJson(value: unknown): Value {
  if (Array.isArray(value)) return { kind: "list", items: value.map(fromJson) };
  if (typeof value !== "object" || value === null) return fromHost(value);
  const entries = Object.entries(value).map(([name, part]) => [keyOf(text(name)), { key: text(name), value: fromJson(part) }] as const);
  return { kind: "dictionary", entries: new Map(entries) };
}

/** A deep copy of arrays and objects, as JSON.parse(JSON.stringify(x)) and structuredClone make it. */
export function cloned(value: Value): Value {
  if (value.kind === "list") return { kind: "list", items: value.items.map(cloned) };
  if (value.kind !== "dictionary") return value;
  return {
    kind: "dictionary",
    entries: new Map([...value.entries].map(([name, { key, value: part }]) => [name, { key, value: cloned(part) }])),
  };
}

/** JSON.stringify; undefined where a part is not known. */
export function stringified(value: Value): string | undefined {
  switch (value.kind) {
    case "none":
      return "null";
    case "number":
    case "string":
    case "boolean":
      return JSON.stringify(value.value);
    case "list": {
      const parts = value.items.map(stringified);
      return parts.includes(undefined) ? undefined : `[${parts.join(",")}]`;
    }
    case "dictionary": {
      const parts = [...value.entries.values()].map(({ key, value: part }) => [stringified(key), stringified(part)]);
      return parts.flat().includes(undefined) ? undefined : `{${parts.map((pair) => pair.join(":")).join(",")}}`;
    }
    default:
      return undefined;
  }
}
