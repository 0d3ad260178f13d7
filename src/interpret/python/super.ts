import { libraryClass, native } from "../natives.js";
import { type Call, type ClassValue, type InstanceValue, NONE, unknown, type Value } from "../values.js";
import { memberOf } from "./members.js";
import { mro } from "./mro.js";
import { instance } from "./special.js";
import { OBJECT } from "./types.js";

/** What `super` means inside a method: its call goes on after the method's class, with the method's receiver. */
export function superFunction(owner: ClassValue, self: Value | undefined): Value {
  return native("super", ({ positional }, call) => {
    const [cls = owner, object = self] = positional;
    if (cls.kind !== "class" || !object) return unknown("what super() goes on with is not known");
    return instance(SUPER, call, new SuperPayload(cls, object));
  });
}

class SuperPayload {
  constructor(
    readonly after: ClassValue,
    readonly object: Value,
  ) {}
}

const SUPER = libraryClass("super", {}, { bases: [OBJECT] });

/** Whether a value is what super() gives. */
export function isSuper(value: InstanceValue): boolean {
  return value.payload instanceof SuperPayload;
}

/** An attribute of the next class that has it; undefined where none does. */
export function superAttribute({ payload }: InstanceValue, name: string, call: Call): Value | undefined {
  if (!(payload instanceof SuperPayload)) return undefined;
  const { after, object } = payload;
  const cls = object.kind === "class" ? object : object.kind === "instance" ? object.class : undefined;
  if (!cls) return unknown("what super() goes on with is not known");
  const order = mro(cls);
  const rest = order.slice(order.indexOf(after) + 1);
  if (name === "__init__" && object.kind === "instance") {
    const next = rest.find((each) => each.construct ?? each.members.has("__init__"));
    if (next?.construct && !next.members.has("__init__")) return constructedInto(object, next.construct);
  }
  return (
    memberOf(rest, name, object, call) ??
    (rest.some(({ incomplete }) => incomplete) ? unknown(`${name} of a base is not known`) : undefined)
  );
}

/** A library's constructor used as __init__: its instance's payload and fields move into the one that is there. */
function constructedInto(object: InstanceValue, make: NonNullable<ClassValue["construct"]>): Value {
  return native("__init__", (args, call) => {
    const made = make(object.class, args, call);
    if (made.kind !== "instance") return NONE;
    object.payload = made.payload;
    call.interpreter.willChange(object.fields);
    for (const [name, value] of made.fields) object.fields.set(name, value);
    return NONE;
  });
}
