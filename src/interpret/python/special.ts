import type { Call, FunctionValue, InstanceValue, MethodValue, NativeFunction, Value } from "../values.js";
import { isOpen, lookUp } from "./mro.js";

/** A special method of an instance ("__len__"), with its instance. */
export function special(object: Value, name: string): MethodValue | undefined {
  if (object.kind !== "instance") return undefined;
  const member = lookUp(object.class, name)?.value;
  return member && isCallable(member) ? { kind: "method", self: object, function: member } : undefined;
}

export function callSpecial(object: Value, name: string, positional: readonly Value[], call: Call): Value | undefined {
  const method = special(object, name);
  return method && call.interpreter.call(method, positional, call.place);
}

export function isCallable(value: Value): value is FunctionValue | NativeFunction {
  return value.kind === "function" || value.kind === "native";
}

/** Whether an instance may have special methods that nobody has seen. */
export function mayHaveMore(object: Value): boolean {
  return object.kind === "instance" && isOpen(object.class);
}

/** What property, classmethod and staticmethod keep. */
export class Descriptor {
  constructor(
    readonly makes: "property" | "classmethod" | "staticmethod",
    readonly get: Value,
    readonly set?: Value,
  ) {}
}

export function descriptorIn(value: Value): Descriptor | undefined {
  return value.kind === "instance" && value.payload instanceof Descriptor ? value.payload : undefined;
}

export function instance(cls: InstanceValue["class"], call: Call, payload?: unknown): InstanceValue {
  return { kind: "instance", class: cls, fields: new Map(), place: call.place, ...(payload !== undefined && { payload }) };
}
