import { keyOf } from "../../keys.js";
import { argument } from "../../natives.js";
import {
  type Arguments,
  type Call,
  type ClassValue,
  type DictionaryValue,
  list,
  type SetValue,
  text,
  tuple,
  unknown,
  type Value,
} from "../../values.js";
import { pairsIn } from "../methods/dictionaries.js";
import { str } from "../show.js";
import * as types from "../types.js";
import { toBoolean, toFloat, toInteger } from "./numbers.js";
import { toRange } from "./sequences.js";

type Construct = NonNullable<ClassValue["construct"]>;

/** Python's own classes as names: the constructor is only given here, as it needs what tells classes. */
const CONSTRUCTORS: ReadonlyMap<ClassValue, Construct> = new Map<ClassValue, Construct>([
  [types.INT, (_, args, call) => toInteger(args, call)],
  [types.FLOAT, (_, args, call) => toFloat(args, call)],
  [types.BOOL, (_, args, call) => toBoolean(args, call)],
  [types.STR, (_, args, call) => toText(args, call)],
  [types.LIST, (_, args, call) => collected(args, call, list)],
  [types.TUPLE, (_, args, call) => collected(args, call, tuple)],
  [types.SET, (_, args, call) => collected(args, call, toSet)],
  [types.FROZENSET, (_, args, call) => collected(args, call, toSet)],
  [types.DICT, (_, args, call) => toDictionary(args, call)],
  [types.RANGE, (_, args, call) => toRange(args, call)],
  [types.TYPE, (_, args) => classOf(args)],
  [types.BYTES, () => unknown("bytes are not computed")],
  [types.COMPLEX, () => unknown("complex numbers are not computed")],
]);

function toText(args: Arguments, call: Call): Value {
  const value = argument(args, 0, "object");
  if (!value) return text("");
  const shown = str(value, call);
  return value.kind === "unknown" ? value : shown === undefined ? unknown("the text of it is not known") : text(shown);
}

function collected(args: Arguments, call: Call, make: (items: readonly Value[]) => Value): Value {
  const value = argument(args, 0);
  if (!value) return make([]);
  const items = call.interpreter.items(value);
  return items ? make(items) : value.kind === "unknown" ? value : unknown("its items are not known");
}

function toSet(items: readonly Value[]): SetValue {
  return { kind: "set", items: new Map(items.map((item) => [keyOf(item), item])) };
}

export function toDictionary(args: Arguments, call: Call): Value {
  const given = argument(args, 0);
  const made: DictionaryValue = { kind: "dictionary", entries: new Map() };
  if (given?.kind === "unknown") return given;
  if (given && given.kind !== "dictionary" && given.kind !== "list" && given.kind !== "tuple" && !call.interpreter.items(given)) {
    return unknown("the dictionary is not known");
  }
  if (given) for (const [key, value] of pairsIn(given, call)) made.entries.set(keyOf(key), { key, value });
  for (const [name, value] of args.named) made.entries.set(keyOf(text(name)), { key: text(name), value });
  return args.incomplete ? { ...made, incomplete: true } : made;
}

/** type(value) */
function classOf(args: Arguments): Value {
  const [value] = args.positional;
  if (!value || args.positional.length > 1) return unknown("the class is not known");
  return types.typeOf(value) ?? unknown("the class is not known");
}

export const TYPE_BUILTINS: readonly (readonly [string, Value])[] = [...types.PLAIN_TYPES, types.OBJECT].map((cls) => [cls.name, cls]);

/** Makes Python's own classes callable. */
export function constructorOf(cls: ClassValue): Construct | undefined {
  return CONSTRUCTORS.get(cls);
}
