import { EXPORTS_OF } from "../../syntax/javascript/commonJs.js";
import { libraryClass } from "../natives.js";
import { type Call, type ClassValue, FALSE, integer, list, type NativeFunction, NONE, TRUE, text, unknown, type Value } from "../values.js";
import { MOST_ITEMS } from "./arrays.js";
import { ancestry } from "./classes.js";
import { MAP, SET } from "./collections.js";
import { hostCall, toHost } from "./host.js";
import { cloned, parsed, stringified } from "./json.js";
import { harmless, native, whole } from "./natives.js";
import { assign, entriesOf, objectOf } from "./objects.js";
import { truth } from "./operators.js";
import { entry } from "./properties.js";
import { show } from "./show.js";

/** A namespace such as Math: a function (where it can be called itself) with members. */
function namespace(
  name: string,
  members: Readonly<Record<string, Value>>,
  call?: (args: readonly Value[], call: Call) => Value,
): ClassValue {
  const construct: ClassValue["construct"] = (_, args, at) =>
    call && !args.incomplete ? call(args.positional, at) : unknown(`${name} is not computed`);
  return libraryClass(name, members, { incomplete: true, construct });
}

/** Functions of JavaScript itself that give the same for the same primitives. */
function hosted(owner: object, names: readonly string[]): Record<string, NativeFunction> {
  return Object.fromEntries(names.map((name) => [name, native(name, (args) => hostCall(owner, name, owner, args))]));
}

function constants(owner: object, names: readonly string[]): Record<string, Value> {
  return Object.fromEntries(names.map((name) => [name, integer(Number(Reflect.get(owner, name)))]));
}

const functionsOf = (owner: object, except: readonly string[] = []): string[] =>
  Object.getOwnPropertyNames(owner).filter((name) => typeof Reflect.get(owner, name) === "function" && !except.includes(name));

const constantsOf = (owner: object): string[] =>
  Object.getOwnPropertyNames(owner).filter((name) => typeof Reflect.get(owner, name) === "number");

const MATH = namespace("Math", { ...hosted(Math, functionsOf(Math, ["random"])), ...constants(Math, constantsOf(Math)) });

const NUMBER = namespace("Number", { ...hosted(Number, functionsOf(Number)), ...constants(Number, constantsOf(Number)) }, ([value]) => {
  const known = toHost(value ?? integer(0));
  return known === undefined ? unknown("this number is not known") : integer(Number(known));
});

const STRING = namespace("String", hosted(String, ["fromCharCode", "fromCodePoint"]), ([value]) => {
  const shown = value ? show(value) : "";
  return shown === undefined ? unknown("this string is not known") : text(shown);
});

const BOOLEAN = namespace("Boolean", {}, ([value = NONE]) => {
  const is = truth(value);
  return is === "unknown" ? unknown("this cannot be told") : is ? TRUE : FALSE;
});

/** Array(3), Array(1, 2), Array.from({ length: 3 }, (_, i) => i). */
const ARRAY = namespace(
  "Array",
  {
    isArray: native("Array.isArray", ([value = NONE]) =>
      value.kind === "unknown" ? unknown("this cannot be told") : value.kind === "list" ? TRUE : FALSE,
    ),
    of: native("Array.of", (items) => list(items)),
    from: native("Array.from", ([values = NONE, by], call) => {
      const items = arrayLike(values, call);
      if (!items) return unknown("how long the array is is not known");
      return list(by ? items.map((item, at) => call.interpreter.call(by, [item, integer(at)], call.place)) : items);
    }),
  },
  (args) => {
    const [length] = args;
    if (args.length !== 1 || length?.kind !== "number")
      return args.some(({ kind }) => kind === "unknown") ? unknown("the array is not known") : list(args);
    return filled(length.value) ?? unknown("the array is too long");
  },
);

function filled(length: number): Value | undefined {
  return length >= 0 && length <= MOST_ITEMS ? list(Array<Value>(Math.trunc(length)).fill(NONE)) : undefined;
}

function arrayLike(values: Value, call: Call): readonly Value[] | undefined {
  const length = values.kind === "dictionary" ? entry(values, "length") : undefined;
  if (length?.kind !== "number") return call.interpreter.items(values);
  const made = filled(length.value);
  return made?.kind === "list" ? made.items : undefined;
}

const OBJECT = namespace(
  "Object",
  {
    keys: native("Object.keys", ([object = NONE]) => entriesOf(object, ([key]) => text(key))),
    values: native("Object.values", ([object = NONE]) => entriesOf(object, ([, value]) => value)),
    entries: native("Object.entries", ([object = NONE]) => entriesOf(object, ([key, value]) => list([text(key), value]))),
    assign: native("Object.assign", ([target = NONE, ...sources], call) => assign(target, sources, call)),
    fromEntries: native("Object.fromEntries", ([pairs = NONE], call) => objectOf(pairs, call)),
    freeze: native("Object.freeze", ([object = NONE]) => object),
    seal: native("Object.seal", ([object = NONE]) => object),
    create: native("Object.create", () => unknown("prototypes are not followed")),
  },
  ([value]) => value ?? unknown("this object is not known"),
);

/** A promise is what it promises, so `then` runs at once. */
const PROMISE = namespace(
  "Promise",
  {
    resolve: native("Promise.resolve", ([value = NONE]) => value),
    all: native("Promise.all", ([values = NONE], call) => {
      const items = call.interpreter.items(values);
      return items ? list(items) : unknown("what is promised is not known");
    }),
    reject: native("Promise.reject", () => unknown("this promise is rejected")),
  },
  ([executor], call) => promised(executor, call),
);

function promised(executor: Value | undefined, call: Call): Value {
  let value: Value = unknown("what is promised is not known");
  const resolve = native("resolve", ([result = NONE]) => {
    value = result;
    return NONE;
  });
  if (executor) call.interpreter.call(executor, [resolve, harmless("reject")], call.place);
  return value;
}

const JSON_NAMESPACE = namespace("JSON", {
  parse: native("JSON.parse", ([value]) => parsed(value)),
  stringify: native("JSON.stringify", ([value = NONE]) => {
    const string = stringified(value);
    return string === undefined ? unknown("this is not known as JSON") : text(string);
  }),
});

const KINDS: Readonly<Partial<Record<Value["kind"], string>>> = {
  none: "undefined",
  boolean: "boolean",
  number: "number",
  string: "string",
  function: "function",
  native: "function",
  method: "function",
  class: "function",
  unknown: "",
};

const TYPEOF = native("typeof", ([value = NONE]) => {
  const kind = KINDS[value.kind] ?? "object";
  return kind === "" ? unknown("its type is not known") : text(kind);
});

const INSTANCEOF = native("instanceof", ([object = NONE, cls = NONE]) => {
  if (object.kind === "unknown" || cls.kind !== "class") return unknown("what it is an instance of is not known");
  if (cls === ARRAY) return object.kind === "list" ? TRUE : FALSE;
  if (object.kind !== "instance") return FALSE;
  const above = ancestry(object.class);
  return above.includes(cls) ? TRUE : above.some(({ incomplete }) => incomplete) ? unknown("its class is not known") : FALSE;
});

/** What `require` gives: what a CommonJS module exports, else the module itself. */
const EXPORTS = native(EXPORTS_OF, ([module = NONE]) => {
  const own = module.kind === "module" ? module.get("module") : undefined;
  return own?.kind === "dictionary" ? (entry(own, "exports") ?? module) : module;
});

/** Exceptions keep their message. */
function errorClass(name: string): ClassValue {
  const construct: ClassValue["construct"] = (made, { positional: [message = NONE] }, { place }) => ({
    kind: "instance",
    class: made,
    fields: new Map([["message", message]]),
    place,
  });
  return libraryClass(name, {}, { construct });
}

const CONSOLE = namespace(
  "console",
  Object.fromEntries(
    functionsOf({ log() {}, info() {}, warn() {}, error() {}, debug() {}, table() {}, time() {}, timeEnd() {}, dir() {}, assert() {} }).map(
      (name) => [name, harmless(`console.${name}`)],
    ),
  ),
);

/** What a page or Node has around a program: there, but nothing is known of it. */
const AROUND = [
  "window",
  "document",
  "navigator",
  "process",
  "globalThis",
  "self",
  "global",
  "fetch",
  "performance",
  "localStorage",
  "Image",
  "Date",
  "Symbol",
  "arguments",
];

/** Names that are there without an import. */
export const GLOBALS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["Math", MATH],
  ["Number", NUMBER],
  ["String", STRING],
  ["Boolean", BOOLEAN],
  ["Array", ARRAY],
  ["Object", OBJECT],
  ["Promise", PROMISE],
  ["JSON", JSON_NAMESPACE],
  ["Map", MAP],
  ["Set", SET],
  ["console", CONSOLE],
  ["NaN", integer(Number.NaN)],
  ["Infinity", integer(Number.POSITIVE_INFINITY)],
  ["undefined", NONE],
  ...Object.entries(hosted(globalThis, ["parseInt", "parseFloat", "isNaN", "isFinite"])),
  ...["Error", "TypeError", "RangeError", "ReferenceError", "SyntaxError"].map((name): [string, Value] => [name, errorClass(name)]),
  ...[
    "Float32Array",
    "Float64Array",
    "Int32Array",
    "Uint8Array",
    "Uint8ClampedArray",
    "Int8Array",
    "Int16Array",
    "Uint16Array",
    "Uint32Array",
  ].map((name): [string, Value] => [name, typedArray(name)]),
  ["structuredClone", native("structuredClone", ([value = NONE]) => cloned(value))],
  ["setTimeout", harmless("setTimeout")],
  ["setInterval", harmless("setInterval")],
  ["requestAnimationFrame", harmless("requestAnimationFrame")],
  ["alert", harmless("alert")],
  ["typeof", TYPEOF],
  ["instanceof", INSTANCEOF],
  [EXPORTS_OF, EXPORTS],
  ...AROUND.map((name): [string, Value] => [name, unknown(`${name} is not part of this file`)]),
]);

/** Numbers of a given length, all zero, or those of an array. */
function typedArray(name: string): ClassValue {
  return namespace(name, {}, ([from = integer(0)], call) => {
    const items = from.kind === "number" ? undefined : call.interpreter.items(from);
    if (items) return list(items);
    const length = whole(from, 0);
    const zeros = length !== undefined && length >= 0 && length <= MOST_ITEMS;
    return zeros ? list(Array<Value>(length).fill(integer(0))) : unknown("these numbers are not known");
  });
}
