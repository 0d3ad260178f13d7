import { type ModuleValue, type NativeFunction, NONE, type Value } from "../../../interpret/values.js";
import { native } from "../core/native.js";

/** A module of the library by its members. */
export function moduleOf(
  name: string,
  members: ReadonlyMap<string, Value>,
  otherwise?: (member: string) => Value | undefined,
): ModuleValue {
  return { kind: "module", name, get: (member) => members.get(member) ?? otherwise?.(member) };
}

/** Gives back its first argument: decorators, `torch.jit.script`, initializers. */
export function passing(name: string): NativeFunction {
  return native(name, ({ positional: [first], named }) => first ?? [...named.values()][0] ?? NONE);
}

/** Always the same. */
export function constant(name: string, value: Value): NativeFunction {
  return native(name, () => value);
}

export const words = (list: string) => list.split(" ");
