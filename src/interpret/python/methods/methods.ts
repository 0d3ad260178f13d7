import type { ClassValue, MethodValue, NativeFunction, Value } from "../../values.js";
import { DICT, LIST, SET, STR, TUPLE } from "../types.js";
import { DICTIONARY_METHODS, FROM_KEYS } from "./dictionaries.js";
import { LIST_METHODS } from "./lists.js";
import { NUMBER_METHODS, numberField } from "./numbers.js";
import { SET_METHODS } from "./sets.js";
import { STRING_METHODS } from "./strings.js";
import { TUPLE_METHODS } from "./tuples.js";

type Methods = ReadonlyMap<string, NativeFunction>;

const METHODS: Readonly<Partial<Record<Value["kind"], Methods>>> = {
  list: LIST_METHODS,
  tuple: TUPLE_METHODS,
  string: STRING_METHODS,
  dictionary: DICTIONARY_METHODS,
  set: SET_METHODS,
  number: NUMBER_METHODS,
  boolean: NUMBER_METHODS,
};

/** str.lower and the like, whose first argument is the object; and what classes themselves do. */
export function methodOfClass(cls: ClassValue, name: string): Value | undefined {
  if (cls === DICT && name === "fromkeys") return FROM_KEYS;
  const kind = KINDS.get(cls);
  return kind && METHODS[kind]?.get(name);
}

const KINDS: ReadonlyMap<ClassValue, Value["kind"]> = new Map<ClassValue, Value["kind"]>([
  [LIST, "list"],
  [TUPLE, "tuple"],
  [STR, "string"],
  [DICT, "dictionary"],
  [SET, "set"],
]);

/** A method or field of Python's own kinds of values. */
export function methodOf(object: Value, name: string): Value | undefined {
  const method = METHODS[object.kind]?.get(name);
  if (method) return { kind: "method", self: object, function: method } satisfies MethodValue;
  return numberField(object, name);
}
