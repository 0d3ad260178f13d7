import { libraryClass } from "../natives.js";
import {
  type Arguments,
  type Call,
  type ClassValue,
  type FunctionValue,
  type InstanceValue,
  type MethodValue,
  type NativeFunction,
  NONE,
  unknown,
  type Value,
} from "../values.js";

/** What `get` and `set` of one name make: a member that is asked, not taken. */
export interface Accessor {
  readonly get: FunctionValue | NativeFunction | undefined;
  readonly set: FunctionValue | undefined;
}

const ACCESSOR = libraryClass("accessor", {});

export function accessor(functions: Accessor, place: Call["place"]): InstanceValue {
  return { kind: "instance", class: ACCESSOR, fields: new Map(), place, payload: functions };
}

export function accessorOf(value: Value): Accessor | undefined {
  return value.kind === "instance" && value.class === ACCESSOR ? (value.payload as Accessor) : undefined;
}

/** A member of a class or of those it comes from. */
export function inherited(cls: ClassValue, name: string): Value | undefined {
  return ancestry(cls)
    .find(({ members }) => members.has(name))
    ?.members.get(name);
}

/** The class and those it comes from, the nearest first. */
export function ancestry(cls: ClassValue): ClassValue[] {
  return [cls, ...cls.bases.flatMap(ancestry)];
}

/** `new C(...)`: the nearest constructor makes the object, that of a library its payload. */
export function construct(cls: ClassValue, args: Arguments, call: Call): Value {
  if (cls.construct) return cls.construct(cls, args, call);
  const instance: InstanceValue = { kind: "instance", class: cls, fields: new Map(), place: call.place };
  const made = initialize(instance, cls, args, call);
  return made.kind === "none" ? instance : made;
}

/** Runs the nearest constructor from `cls` on for an object at hand. Answers another object where the constructor does. */
export function initialize(instance: InstanceValue, cls: ClassValue, args: Arguments, call: Call): Value {
  for (const ancestor of ancestry(cls)) {
    const own = ancestor.members.get("constructor");
    if (own?.kind === "function") {
      const made = call.interpreter.call({ kind: "method", self: instance, function: own }, args.positional, call.place);
      return made.kind === "instance" || made.kind === "dictionary" ? made : NONE;
    }
    if (ancestor.construct) {
      adopt(instance, ancestor.construct(instance.class, args, call), call);
      return NONE;
    }
  }
  return NONE;
}

/** Takes over what a library's constructor made. */
function adopt(instance: InstanceValue, made: Value, call: Call): void {
  if (made.kind !== "instance") return;
  instance.payload = made.payload;
  call.interpreter.willChange(instance.fields);
  for (const [name, value] of made.fields) instance.fields.set(name, value);
}

const SUPER = libraryClass("super", {});

/** What `super` is inside a method: the object at hand, seen as one of the class above the method's. */
interface Above {
  readonly self: Value;
  readonly owner: ClassValue;
}

export function superOf(self: Value, owner: ClassValue, place: Call["place"]): InstanceValue {
  return { kind: "instance", class: SUPER, fields: new Map(), place, payload: { self, owner } satisfies Above };
}

export function aboveOf(value: InstanceValue): Above | undefined {
  return value.class === SUPER ? (value.payload as Above) : undefined;
}

/** super(...) */
export function callSuper({ self, owner }: Above, args: Arguments, call: Call): Value {
  if (self.kind !== "instance") return NONE;
  for (const base of owner.bases) initialize(self, base, args, call);
  return NONE;
}

/** super.name, as a method of the object at hand. */
export function superMember({ self, owner }: Above, name: string): Value {
  for (const base of owner.bases) {
    const found = inherited(base, name);
    if (found?.kind === "function" || found?.kind === "native") return { kind: "method", self, function: found } satisfies MethodValue;
    if (found) return found;
  }
  return unknown(`super.${name} is not known`);
}
