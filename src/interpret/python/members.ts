import { programError } from "../errors.js";
import type { Call, ClassValue, Value } from "../values.js";
import { lookUpIn } from "./mro.js";
import { descriptorIn } from "./special.js";

/** A member found along these classes, as an attribute of the object: functions are bound, properties computed. */
export function memberOf(order: readonly ClassValue[], name: string, object: Value, call: Call): Value | undefined {
  const found = lookUpIn(order, name);
  return found && bound(found.value, object, call);
}

export function bound(member: Value, object: Value, call: Call): Value {
  const ofClass = object.kind === "class";
  if (member.kind === "function") return ofClass ? member : { kind: "method", self: object, function: member };
  if (member.kind === "native") return ofClass || !member.bind ? member : { kind: "method", self: object, function: member };
  const descriptor = descriptorIn(member);
  if (!descriptor) return member;
  const { get } = descriptor;
  if (descriptor.makes === "staticmethod") return get;
  if (descriptor.makes === "property") return ofClass ? member : call.interpreter.call(get, [object], call.place);
  const cls = object.kind === "instance" ? object.class : object;
  return get.kind === "function" || get.kind === "native" ? { kind: "method", self: cls, function: get } : get;
}

/** Assigns to a property; false where there is none of that name. */
export function setProperty(order: readonly ClassValue[], name: string, object: Value, value: Value, call: Call): boolean {
  const found = lookUpIn(order, name);
  const descriptor = found && descriptorIn(found.value);
  if (descriptor?.makes !== "property") return false;
  if (!descriptor.set) throw programError("AttributeError", `property '${name}' has no setter`, call.place);
  call.interpreter.call(descriptor.set, [object, value], call.place);
  return true;
}
