import { keyOf } from "../keys.js";
import { type Call, type DictionaryValue, list, NONE, text, unknown, type Value } from "../values.js";
import { setProperty } from "./properties.js";
import { show } from "./show.js";

/** An object's own properties in their order; undefined where they are not known. */
function ownEntries(object: Value): [string, Value][] | undefined {
  switch (object.kind) {
    case "none":
      return [];
    case "dictionary":
      return [...object.entries.values()].map(({ key, value }) => [show(key) ?? "", value]);
    case "instance":
      return [...object.fields];
    case "list":
      return object.items.map((item, at) => [String(at), item]);
    case "string":
      return [...object.value].map((character, at) => [String(at), text(character)]);
    default:
      return undefined;
  }
}

export function entriesOf(object: Value, part: (entry: [string, Value]) => Value): Value {
  const entries = ownEntries(object);
  return entries ? list(entries.map(part)) : unknown("the properties of this object are not known");
}

/** Object.assign: a source that is not known may set anything. */
export function assign(target: Value, sources: readonly Value[], call: Call): Value {
  for (const source of sources) {
    const entries = ownEntries(source);
    if (!entries) return unknown("what is assigned to the object is not known");
    for (const [name, value] of entries) setProperty(target, name, value, call);
  }
  return target;
}

/** Object.fromEntries */
export function objectOf(pairs: Value, call: Call): Value {
  const items = call.interpreter.items(pairs)?.map((pair) => call.interpreter.items(pair));
  if (!items) return unknown("the entries are not known");
  const entries: DictionaryValue["entries"] = new Map();
  for (const pair of items) {
    const [key = NONE, value = NONE] = pair ?? [];
    const name = show(key);
    if (name === undefined) return unknown("a key is not known");
    entries.set(keyOf(text(name)), { key: text(name), value });
  }
  return { kind: "dictionary", entries };
}
