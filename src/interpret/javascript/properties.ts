import { keyOf } from "../keys.js";
import {
  type Call,
  type ClassValue,
  type DictionaryValue,
  type FunctionValue,
  type InstanceValue,
  integer,
  type NativeFunction,
  NONE,
  text,
  unknown,
  type Value,
} from "../values.js";
import { arrayMethod } from "./arrays.js";
import { accessorOf, inherited } from "./classes.js";
import { collectionMethod } from "./collections.js";
import { functionMethod } from "./functions.js";
import { hostCall } from "./host.js";
import { native } from "./natives.js";
import { show } from "./show.js";

/** What a dictionary has under a name. */
export function entry(object: DictionaryValue, name: string): Value | undefined {
  return object.entries.get(keyOf(text(name)))?.value;
}

/** A property of any known value. What surely is not there is undefined in JavaScript, which is no error yet. */
export function property(object: Value, name: string, call: Call): Value {
  switch (object.kind) {
    case "string":
      return name === "length" ? integer(object.value.length) : hostMethod(String.prototype, object.value, name);
    case "number":
      return hostMethod(Number.prototype, object.value, name);
    case "boolean":
      return hostMethod(Boolean.prototype, object.value, name);
    case "list":
      return name === "length" ? integer(object.items.length) : (arrayMethod(object, name) ?? NONE);
    case "tuple":
      return name === "length" ? integer(object.items.length) : (arrayMethod({ kind: "list", items: [...object.items] }, name) ?? NONE);
    case "dictionary":
      return boundTo(object, entry(object, name) ?? objectMethod(object, name) ?? NONE);
    case "function":
      return object.attributes.get(name) ?? functionMethod(object, name) ?? (name === "name" ? text(object.tree.name) : NONE);
    case "native":
    case "method":
      return functionMethod(object, name) ?? NONE;
    case "class":
      return classProperty(object, name, call);
    case "instance":
      return instanceProperty(object, name, call);
    default:
      return unknown(`what ${name} is of cannot be told`);
  }
}

function hostMethod(owner: object, self: string | number | boolean, name: string): Value {
  if (typeof Reflect.get(owner, name) !== "function") return NONE;
  return native(name, (args) => hostCall(owner, name, self, args));
}

/** A function found on an object has it as `this`; arrows keep theirs. */
function boundTo(self: Value, value: Value): Value {
  return value.kind === "function" && !value.tree.arrow ? { kind: "method", self, function: value } : value;
}

function objectMethod(object: DictionaryValue, name: string): NativeFunction | undefined {
  if (name !== "hasOwnProperty") return undefined;
  return native(name, ([key]) =>
    key?.kind === "string" ? { kind: "boolean", value: entry(object, key.value) !== undefined } : unknown("the key is not known"),
  );
}

function classProperty(cls: ClassValue, name: string, call: Call): Value {
  const found = inherited(cls, name);
  const accessor = found && accessorOf(found);
  if (accessor) return accessor.get ? call.interpreter.call(method(cls, accessor.get), [], call.place) : NONE;
  if (found) return boundTo(cls, found);
  return name === "name" ? text(cls.name) : incomplete(cls) ? unknown(`${cls.name}.${name} is not known`) : NONE;
}

function instanceProperty(object: InstanceValue, name: string, call: Call): Value {
  const own = object.fields.get(name);
  if (own) return own;
  const found = inherited(object.class, name);
  const accessor = found && accessorOf(found);
  if (accessor) return accessor.get ? call.interpreter.call(method(object, accessor.get), [], call.place) : NONE;
  if (found?.kind === "native" && found.bind) return { kind: "method", self: object, function: found };
  if (found) return boundTo(object, found);
  return collectionMethod(object, name) ?? (name === "constructor" ? object.class : missing(object, name));
}

const missing = (object: InstanceValue, name: string): Value =>
  incomplete(object.class) ? unknown(`${name} of ${object.class.name} is not known`) : NONE;

const method = (self: Value, of: FunctionValue): Value => ({ kind: "method", self, function: of });

function incomplete(cls: ClassValue): boolean {
  return cls.incomplete || cls.bases.some(incomplete);
}

export function setProperty(object: Value, name: string, value: Value, call: Call): void {
  switch (object.kind) {
    case "dictionary":
      call.interpreter.willChange(object.entries);
      object.entries.set(keyOf(text(name)), { key: text(name), value });
      return;
    case "list":
      if (name !== "length" || value.kind !== "number") return;
      call.interpreter.willChange(object.items);
      object.items.length = Math.min(object.items.length, Math.max(0, Math.trunc(value.value)));
      return;
    case "instance": {
      const found = inherited(object.class, name);
      const accessor = found && accessorOf(found);
      if (accessor) {
        if (accessor.set) call.interpreter.call(method(object, accessor.set), [value], call.place);
        return;
      }
      call.interpreter.willChange(object.fields);
      object.fields.set(name, value);
      return;
    }
    case "class":
    case "function": {
      const members = object.kind === "class" ? object.members : object.attributes;
      call.interpreter.willChange(members);
      members.set(name, value);
      return;
    }
  }
}

export function deleteProperty(object: Value, name: string, call: Call): void {
  const store = object.kind === "dictionary" ? object.entries : object.kind === "instance" ? object.fields : undefined;
  if (!store) return;
  call.interpreter.willChange(store);
  store.delete(object.kind === "dictionary" ? keyOf(text(name)) : name);
}

/** `key in object`. */
export function hasKey(object: Value, key: Value, call: Call): boolean | "unknown" {
  const name = show(key);
  if (name === undefined) return "unknown";
  if (object.kind === "list") return key.kind === "number" ? key.value >= 0 && key.value < object.items.length : "unknown";
  if (object.kind !== "dictionary" && object.kind !== "instance") return "unknown";
  const found = property(object, name, call);
  return found.kind === "unknown"
    ? "unknown"
    : found.kind !== "none" || (object.kind === "dictionary" && entry(object, name) !== undefined);
}
