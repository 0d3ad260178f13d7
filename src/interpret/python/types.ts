import { libraryClass, native } from "../natives.js";
import { type ClassValue, NONE, type Value } from "../values.js";

/** Python's own classes, by which isinstance and type() tell values. Their constructors are built-in functions. */
function type(name: string, bases: readonly ClassValue[] = [OBJECT]): ClassValue {
  // A subclass may use what the class itself has, which is not listed here.
  return libraryClass(name, {}, { bases, incomplete: true });
}

export const OBJECT: ClassValue = libraryClass("object", { __init__: { ...native("object.__init__", () => NONE), bind: true } });
export const TYPE = type("type");
export const INT = type("int");
export const BOOL = type("bool", [INT]);
export const FLOAT = type("float");
export const STR = type("str");
export const LIST = type("list");
export const TUPLE = type("tuple");
export const DICT = type("dict");
export const SET = type("set");
export const FROZENSET = type("frozenset");
export const RANGE = type("range");
export const SLICE = type("slice");
export const NONE_TYPE = type("NoneType");
export const FUNCTION = type("function");
export const METHOD = type("method");
export const BUILTIN = type("builtin_function_or_method");
export const MODULE = type("module");
export const GENERATOR = type("generator");
export const BYTES = type("bytes");
export const COMPLEX = type("complex");

/** Classes that are certainly none of a framework's. */
export const PLAIN_TYPES: ReadonlySet<ClassValue> = new Set([
  TYPE,
  INT,
  BOOL,
  FLOAT,
  STR,
  LIST,
  TUPLE,
  DICT,
  SET,
  FROZENSET,
  RANGE,
  SLICE,
  NONE_TYPE,
  FUNCTION,
  METHOD,
  BUILTIN,
  MODULE,
  GENERATOR,
  BYTES,
  COMPLEX,
]);

/** A value's class; undefined for tensors and what is unknown. */
export function typeOf(value: Value): ClassValue | undefined {
  switch (value.kind) {
    case "none":
      return NONE_TYPE;
    case "boolean":
      return BOOL;
    case "number":
      return value.float ? FLOAT : INT;
    case "string":
      return STR;
    case "list":
      return value.iterator ? GENERATOR : LIST;
    case "tuple":
      return TUPLE;
    case "set":
      return SET;
    case "dictionary":
      return DICT;
    case "range":
      return RANGE;
    case "slice":
      return SLICE;
    case "function":
      return FUNCTION;
    case "method":
      return METHOD;
    case "native":
      return BUILTIN;
    case "class":
      return TYPE;
    case "instance":
      return value.class;
    case "module":
      return MODULE;
    case "tensor":
    case "unknown":
      return undefined;
  }
}
