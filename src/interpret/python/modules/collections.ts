import { keyOf } from "../../keys.js";
import { argument, libraryClass, native } from "../../natives.js";
import {
  type Arguments,
  type Call,
  type ClassValue,
  type DictionaryValue,
  integer,
  list,
  text,
  tuple,
  unknown,
  type Value,
} from "../../values.js";
import { toDictionary } from "../builtins/types.js";
import { typeError } from "../errors.js";
import { asInteger } from "../numbers.js";
import { DICT, OBJECT, TUPLE } from "../types.js";
import { module } from "./module.js";

/** A class whose instances are tuples with names. */
function namedTuple(name: string, fields: readonly string[], fallbacks: ReadonlyMap<string, Value>): ClassValue {
  return libraryClass(
    name,
    {
      _fields: tuple(fields.map(text)),
      _make: native(`${name}._make`, ({ positional: [items] }, call) => made(name, fields, fallbacks, spread(items, call), call)),
    },
    { bases: [TUPLE], construct: (_, args, call) => made(name, fields, fallbacks, args, call) },
  );
}

function spread(items: Value | undefined, call: Call): Arguments {
  const positional = items && call.interpreter.items(items);
  return { positional: positional ?? [], named: new Map(), incomplete: !positional };
}

export function made(name: string, fields: readonly string[], fallbacks: ReadonlyMap<string, Value>, args: Arguments, call: Call): Value {
  if (args.positional.length > fields.length)
    throw typeError(`${name}() takes ${fields.length} arguments but ${args.positional.length} were given`, call);
  for (const given of args.named.keys()) {
    if (!fields.includes(given)) throw typeError(`${name}() got an unexpected keyword argument '${given}'`, call);
  }
  const items = fields.map((field, at) => {
    const value = args.positional[at] ?? args.named.get(field) ?? fallbacks.get(field);
    if (!value && !args.incomplete) throw typeError(`${name}() missing the argument '${field}'`, call);
    return value ?? unknown(`the argument ${field} is not known`);
  });
  return { kind: "tuple", items, names: fields };
}

/** Names and defaults of the fields that a class is annotated with. */
export function fieldsOfTuple(
  annotations: DictionaryValue,
  members: ReadonlyMap<string, Value>,
): { readonly names: readonly string[]; readonly fallbacks: ReadonlyMap<string, Value> } {
  const names = [...annotations.entries.values()].flatMap(({ key }) => (key.kind === "string" ? [key.value] : []));
  const fallbacks = new Map([...members].filter(([name]) => names.includes(name)));
  return { names, fallbacks };
}

function fieldNames(value: Value | undefined, call: Call): readonly string[] | undefined {
  if (value?.kind === "string") return value.value.split(/[\s,]+/).filter((name) => name !== "");
  const items = value && call.interpreter.items(value);
  return items?.every((item) => item.kind === "string") ? items.map((item) => (item.kind === "string" ? item.value : "")) : undefined;
}

function counted(args: Arguments, call: Call): Value {
  const [given] = args.positional;
  const counts: DictionaryValue = { kind: "dictionary", entries: new Map(), fallback: native("zero", () => integer(0)) };
  if (given?.kind === "dictionary") return { ...counts, entries: new Map(given.entries) };
  const items = given ? call.interpreter.items(given) : [];
  if (!items) return unknown("what is counted is not known");
  for (const item of items) {
    const before = counts.entries.get(keyOf(item))?.value;
    counts.entries.set(keyOf(item), { key: item, value: integer((before?.kind === "number" ? before.value : 0) + 1) });
  }
  return counts;
}

export const COLLECTIONS = module("collections", {
  OrderedDict: libraryClass("OrderedDict", {}, { bases: [DICT], construct: (_, args, call) => toDictionary(args, call) }),
  defaultdict: libraryClass(
    "defaultdict",
    {},
    {
      bases: [DICT],
      construct: (_, { positional: [fallback, ...positional], named, incomplete }, call) => {
        const made = toDictionary({ positional, named, incomplete }, call);
        return made.kind === "dictionary" && fallback && fallback.kind !== "none" ? { ...made, fallback } : made;
      },
    },
  ),
  Counter: libraryClass("Counter", {}, { bases: [DICT], construct: (_, args, call) => counted(args, call) }),
  ChainMap: native("collections.ChainMap", () => unknown("chained maps are not computed")),
  deque: libraryClass(
    "deque",
    {},
    {
      bases: [OBJECT],
      construct: (_, args, call) => {
        const given = argument(args, 0, "iterable");
        const items = given ? call.interpreter.items(given) : [];
        const most = asInteger(argument(args, 1, "maxlen"));
        return items
          ? list(most === undefined ? items : items.slice(Math.max(0, items.length - most)))
          : unknown("its items are not known");
      },
    },
  ),
  namedtuple: native("collections.namedtuple", (args, call) => {
    const name = argument(args, 0, "typename");
    const fields = fieldNames(argument(args, 1, "field_names"), call);
    if (name?.kind !== "string" || !fields) return unknown("the fields of the named tuple are not known");
    const defaults = args.named.get("defaults");
    const values = (defaults && call.interpreter.items(defaults)) ?? [];
    const first = fields.length - values.length;
    return namedTuple(name.value, fields, new Map(values.map((value, at) => [fields[first + at] ?? "", value])));
  }),
});

/** What collections.abc tells apart. */
function kinds(name: string, test: (value: Value) => boolean): readonly [string, Value] {
  const check = native(name, ({ positional: [value] }) => {
    if (!value || value.kind === "unknown" || value.kind === "instance") return unknown("the value is not known");
    return { kind: "boolean", value: test(value) };
  });
  return [name, libraryClass(name, { __instancecheck__: check }, { bases: [OBJECT], incomplete: true })];
}

const ITERABLE: ReadonlySet<Value["kind"]> = new Set<Value["kind"]>(["list", "tuple", "string", "set", "dictionary", "range", "tensor"]);
const SEQUENCE: ReadonlySet<Value["kind"]> = new Set<Value["kind"]>(["tuple", "string", "range"]);

export const ABSTRACT = module(
  "collections.abc",
  Object.fromEntries([
    kinds("Iterable", ({ kind }) => ITERABLE.has(kind)),
    kinds("Sequence", (value) => SEQUENCE.has(value.kind) || (value.kind === "list" && !value.iterator)),
    kinds("MutableSequence", (value) => value.kind === "list" && !value.iterator),
    kinds("Sized", ({ kind }) => ITERABLE.has(kind)),
    kinds("Container", ({ kind }) => ITERABLE.has(kind)),
    kinds("Collection", ({ kind }) => ITERABLE.has(kind)),
    kinds("Mapping", ({ kind }) => kind === "dictionary"),
    kinds("MutableMapping", ({ kind }) => kind === "dictionary"),
    kinds("Callable", ({ kind }) => ["function", "method", "native", "class"].includes(kind)),
    kinds("Hashable", ({ kind }) => !["list", "dictionary", "set"].includes(kind)),
    kinds("Iterator", (value) => value.kind === "list" && value.iterator === true),
    kinds("Generator", (value) => value.kind === "list" && value.iterator === true),
  ]),
);
