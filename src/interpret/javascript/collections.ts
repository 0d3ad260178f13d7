import { keyOf } from "../keys.js";
import { libraryClass } from "../natives.js";
import {
  type Call,
  type ClassValue,
  type DictionaryValue,
  FALSE,
  type InstanceValue,
  integer,
  list,
  NONE,
  TRUE,
  unknown,
  type Value,
} from "../values.js";
import { native } from "./natives.js";

/** `Map` and `Set`: their entries are a dictionary in the payload; a set has its items as keys. */
function collectionClass(name: "Map" | "Set"): ClassValue {
  const construct: ClassValue["construct"] = (made, { positional: [items] }, call) => {
    const entries: DictionaryValue["entries"] = new Map();
    for (const item of (items && call.interpreter.items(items)) ?? []) {
      const [key = item, value = item] = name === "Map" ? (call.interpreter.items(item) ?? []) : [];
      entries.set(keyOf(key), { key, value });
    }
    return {
      kind: "instance",
      class: made,
      fields: new Map(),
      place: call.place,
      payload: { kind: "dictionary", entries } satisfies DictionaryValue,
    };
  };
  return libraryClass(name, {}, { construct });
}

export const MAP = collectionClass("Map");
export const SET = collectionClass("Set");

function contents(object: InstanceValue): DictionaryValue | undefined {
  return object.class === MAP || object.class === SET ? (object.payload as DictionaryValue) : undefined;
}

/** What iterating gives: pairs of a map, items of a set; undefined for other objects. */
export function collectionItems(object: InstanceValue): Value[] | undefined {
  const entries = contents(object)?.entries.values();
  return entries && [...entries].map(({ key, value }) => (object.class === MAP ? list([key, value]) : key));
}

type Method = (object: InstanceValue, entries: DictionaryValue["entries"], args: readonly Value[], call: Call) => Value;

const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  [
    "get",
    (_, entries, [key = NONE]) => (key.kind === "unknown" ? unknown("the key is not known") : (entries.get(keyOf(key))?.value ?? NONE)),
  ],
  [
    "has",
    (_, entries, [key = NONE]) => (key.kind === "unknown" ? unknown("the key is not known") : entries.has(keyOf(key)) ? TRUE : FALSE),
  ],
  ["set", (object, entries, [key = NONE, value = NONE], call) => put(object, entries, key, value, call)],
  ["add", (object, entries, [key = NONE], call) => put(object, entries, key, key, call)],
  ["keys", (_, entries) => list([...entries.values()].map(({ key }) => key))],
  ["values", (_, entries) => list([...entries.values()].map(({ value }) => value))],
  ["entries", (_, entries) => list([...entries.values()].map(({ key, value }) => list([key, value])))],
  [
    "forEach",
    (object, entries, [by = NONE], call) => {
      for (const { key, value } of [...entries.values()]) call.interpreter.call(by, [value, key, object], call.place);
      return NONE;
    },
  ],
]);

function put(object: InstanceValue, entries: DictionaryValue["entries"], key: Value, value: Value, call: Call): Value {
  call.interpreter.willChange(entries);
  entries.set(keyOf(key), { key, value });
  return object;
}

/** A method or the size of a map or set; undefined for other objects. */
export function collectionMethod(object: InstanceValue, name: string): Value | undefined {
  const entries = contents(object)?.entries;
  if (!entries) return undefined;
  if (name === "size") return integer(entries.size);
  const method = METHODS.get(name);
  return method && native(name, (args, call) => method(object, entries, args, call));
}
