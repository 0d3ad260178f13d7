import { native } from "../../natives.js";
import { unknown, type Value } from "../../values.js";
import { module } from "./module.js";

/** Everything that can change is copied once, however often it is met. Classes, functions and tensors are shared. */
function deep(value: Value, copies: Map<Value, Value>): Value {
  const earlier = copies.get(value);
  if (earlier) return earlier;
  const keep = <Copy extends Value>(copy: Copy): Copy => {
    copies.set(value, copy);
    return copy;
  };
  switch (value.kind) {
    case "list": {
      const copy = keep<typeof value>({ ...value, items: [] });
      copy.items.push(...value.items.map((item) => deep(item, copies)));
      return copy;
    }
    case "tuple":
      return { ...value, items: value.items.map((item) => deep(item, copies)) };
    case "dictionary": {
      const copy = keep<typeof value>({ ...value, entries: new Map() });
      for (const [key, entry] of value.entries) copy.entries.set(key, { key: entry.key, value: deep(entry.value, copies) });
      return copy;
    }
    case "set":
      return keep({ kind: "set", items: new Map(value.items) });
    case "instance": {
      const copy = keep<typeof value>({ ...value, fields: new Map() });
      for (const [name, field] of value.fields) copy.fields.set(name, deep(field, copies));
      if (value.payload !== undefined) copy.payload = deepPayload(value.payload, copies);
      return copy;
    }
    default:
      return value;
  }
}

/** What libraries keep: values in it, lists and maps of values; the rest is taken to never change. */
function deepPayload(payload: unknown, copies: Map<Value, Value>): unknown {
  if (Array.isArray(payload)) return payload.map((each) => deepPayload(each, copies));
  if (payload instanceof Map) return new Map([...payload].map(([key, each]) => [key, deepPayload(each, copies)]));
  return isValue(payload) ? deep(payload, copies) : payload;
}

function isValue(payload: unknown): payload is Value {
  return typeof payload === "object" && payload !== null && "kind" in payload && payload.kind === "instance" && "fields" in payload;
}

function shallow(value: Value): Value {
  switch (value.kind) {
    case "list":
      return { ...value, items: [...value.items] };
    case "dictionary":
      return { ...value, entries: new Map(value.entries) };
    case "set":
      return { kind: "set", items: new Map(value.items) };
    case "instance":
      return { ...value, fields: new Map(value.fields) };
    default:
      return value;
  }
}

const NOTHING = unknown("nothing is copied");

export const COPY = module("copy", {
  copy: native("copy.copy", ({ positional: [value] }) => (value ? shallow(value) : NOTHING)),
  deepcopy: native("copy.deepcopy", ({ positional: [value] }) => (value ? deep(value, new Map()) : NOTHING)),
});
