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
import { aboveOf, accessorOf, inherited, superMember } from "./classes.js";
import { collectionMethod } from "./collections.js";
import { functionMethod } from "./functions.js";
import { hostCall } from "./host.js";
import { native } from "./natives.js";
import { show } from "./show.js";

/** What a dictionary has under a name. */
export function entry(object: DictionaryValue, name: string): Value | undefined {
  return object.entries.get(keyOf(text(name)))?.value;
}

/** A property of a known value; undefined where there surely is none. What `undefined` has is not told: the file is not all that runs. */
export function property(object: Value, name: string, call: Call): Value | undefined {
  switch (object.kind) {
    case "string":
      return name === "length" ? integer(object.value.length) : hostMethod(String.prototype, object.value, name);
    case "number":
      return hostMethod(Number.prototype, object.value, name);
    case "boolean":
      return hostMethod(Boolean.prototype, object.value, name);
    case "list":
      return name === "length" ? integer(object.items.length) : arrayMethod(object, name);
    case "tuple":
      return name === "length" ? integer(object.items.length) : arrayMethod({ kind: "list", items: [...object.items] }, name);
    case "dictionary":
      return boundTo(object, entry(object, name) ?? objectMethod(object, name));
    case "function":
      return object.attributes.get(name) ?? functionMethod(object, name) ?? (name === "name" ? text(object.tree.name) : undefined);
    case "native":
    case "method":
      return functionMethod(object, name);
    case "class":
      return classProperty(object, name, call);
    case "instance":
      return instanceProperty(object, name, call);
    default:
      return unknown(`what ${name} is of cannot be told`);
  }
}

function hostMethod(owner: object, self: string | number | boolean, name: string): Value | undefined {
  if (typeof Reflect.get(owner, name) !== "function") return undefined;
  return native(name, (args) => hostCall(owner, name, self, args));
}

/** A function found on an object has it as `this`; arrows keep theirs. */
function boundTo(self: Value, value: Value | undefined): Value | undefined {
  return value?.kind === "function" && !value.tree.arrow ? { kind: "method", self, function: value } : value;
}

function objectMethod(object: DictionaryValue, name: string): NativeFunction | undefined {
  if (name !== "hasOwnProperty") return undefined;
  return native(name, ([key]) =>
    key?.kind === "string" ? { kind: "boolean", value: entry(object, key.value) !== undefined } : unknown("the key is not known"),
  );
}

function classProperty(cls: ClassValue, name: string, call: Call): Value | undefined {
  if (name === "name") return text(cls.name);
  const found = inherited(cls, name);
  const accessor = found && accessorOf(found);
  if (accessor) return accessor.get ? call.interpreter.call(method(cls, accessor.get), [], call.place) : NONE;
  if (found) return boundTo(cls, found);
  return incomplete(cls) ? unknown(`${cls.name}.${name} is not known`) : undefined;
}

function instanceProperty(object: InstanceValue, name: string, call: Call): Value | undefined {
  const above = aboveOf(object);
  if (above) return superMember(above, name);
  const own = object.fields.get(name);
  if (own) return own;
  if (name === "constructor") return object.class;
  const found = inherited(object.class, name);
  const accessor = found && accessorOf(found);
  if (accessor) return accessor.get ? call.interpreter.call(method(object, accessor.get), [], call.place) : NONE;
  if (found?.kind === "native" && found.bind) return { kind: "method", self: object, function: found };
  if (found) return boundTo(object, found);
  return collectionMethod(object, name) ?? missing(object, name);
}

const missing = (object: InstanceValue, name: string): Value | undefined =>
  incomplete(object.class) ? unknown(`${name} of ${object.class.name} is not known`) : undefined;

const method = (self: Value, of: FunctionValue | NativeFunction): Value => ({ kind: "method", self, function: of });

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
  if (object.kind === "dictionary") return entry(object, name) !== undefined;
  const found = property(object, name, call);
  return found?.kind === "unknown" ? "unknown" : found !== undefined;
}
