import { ProgramError, programError } from "../errors.js";
import { keyOf } from "../keys.js";
import {
  type Call,
  type ClassValue,
  type DictionaryValue,
  type FunctionValue,
  type InstanceValue,
  text,
  tuple,
  unknown,
  type Value,
} from "../values.js";
import { memberOf, setProperty } from "./members.js";
import { methodOf, methodOfClass } from "./methods/methods.js";
import { isOpen, lookUp, mro } from "./mro.js";
import { callSpecial, descriptorIn } from "./special.js";
import { isSuper, superAttribute } from "./super.js";
import { typeOf } from "./types.js";

/** object.name; undefined where there surely is none. */
export function attribute(object: Value, name: string, call: Call): Value | undefined {
  switch (object.kind) {
    case "instance":
      return ofInstance(object, name, call);
    case "class":
      return ofClass(object, name, call);
    case "function":
      return ofFunction(object, name);
    case "method":
      return name === "__self__" ? object.self : name === "__func__" ? object.function : attribute(object.function, name, call);
    case "native":
      if (name === "__name__" || name === "__qualname__") return text(object.name.split(".").at(-1) ?? object.name);
      return unknown(`${object.name}.${name} is not known`);
    case "tuple": {
      const at = object.names?.indexOf(name) ?? -1;
      return object.items[at] ?? object.attribute?.(name, object) ?? methodOf(object, name) ?? common(object, name);
    }
    default:
      return methodOf(object, name) ?? common(object, name);
  }
}

function ofInstance(object: InstanceValue, name: string, call: Call): Value | undefined {
  if (isSuper(object)) return superAttribute(object, name, call);
  const order = mro(object.class);
  const member = lookUp(object.class, name)?.value;
  if (member && descriptorIn(member)?.makes === "property") return memberOf(order, name, object, call);
  const found = object.fields.get(name) ?? memberOf(order, name, object, call) ?? common(object, name);
  if (found) return found;
  const fallback = fallbackAttribute(object, name, call);
  if (fallback) return fallback;
  return isOpen(object.class) ? unknown(`.${name} of a ${object.class.name} is not known`) : undefined;
}

/** What `__getattr__` gives; where it raises an AttributeError, there is none. */
function fallbackAttribute(object: InstanceValue, name: string, call: Call): Value | undefined {
  try {
    return callSpecial(object, "__getattr__", [text(name)], call);
  } catch (error) {
    if (error instanceof ProgramError && error.problem.code === "AttributeError") return undefined;
    throw error;
  }
}

function ofClass(cls: ClassValue, name: string, call: Call): Value | undefined {
  const member = memberOf(mro(cls), name, cls, call);
  if (member) return member;
  const plain = methodOfClass(cls, name);
  if (plain) return plain;
  if (name === "__name__" || name === "__qualname__") return text(cls.name);
  if (name === "__mro__") return tuple(mro(cls));
  if (name === "__bases__") return tuple(cls.bases);
  if (name === "__dict__") return fieldsAsDictionary(cls.members);
  return common(cls, name) ?? (isOpen(cls) ? unknown(`.${name} of ${cls.name} is not known`) : undefined);
}

function ofFunction(object: FunctionValue, name: string): Value | undefined {
  const own = object.attributes.get(name);
  if (own) return own;
  if (name === "__name__" || name === "__qualname__") return text(object.tree.name === "" ? "<lambda>" : object.tree.name);
  return common(object, name);
}

/** What every object has. */
function common(object: Value, name: string): Value | undefined {
  if (name === "__class__") return typeOf(object);
  if (name === "__dict__" && object.kind === "instance") return fieldsAsDictionary(object.fields);
  return name.startsWith("__") ? unknown(`${name} is not known`) : undefined;
}

function fieldsAsDictionary(fields: ReadonlyMap<string, Value>): DictionaryValue {
  return { kind: "dictionary", entries: new Map([...fields].map(([name, value]) => [keyOf(text(name)), { key: text(name), value }])) };
}

export function missingAttribute(object: Value, name: string, call: Call): Value {
  const owner = object.kind === "class" ? `type object '${object.name}'` : `'${typeOf(object)?.name ?? object.kind}' object`;
  throw programError("AttributeError", `${owner} has no attribute '${name}'`, call.place);
}

export function setAttribute(object: Value, name: string, value: Value, call: Call): void {
  const { interpreter } = call;
  if (object.kind === "instance") {
    if (setProperty(mro(object.class), name, object, value, call)) return;
    if (callSpecial(object, "__setattr__", [text(name), value], call)) return;
    setField(object, name, value, call);
  } else if (object.kind === "class") {
    interpreter.willChange(object.members);
    object.members.set(name, value);
  } else if (object.kind === "function") {
    interpreter.willChange(object.attributes);
    object.attributes.set(name, value);
  }
}

export function setField(object: InstanceValue, name: string, value: Value, { interpreter }: Call): void {
  interpreter.willChange(object.fields);
  object.fields.set(name, value);
}

export function deleteAttribute(object: Value, name: string, { interpreter }: Call): void {
  if (object.kind !== "instance") return;
  interpreter.willChange(object.fields);
  object.fields.delete(name);
}
