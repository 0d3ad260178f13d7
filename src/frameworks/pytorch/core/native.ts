import { ShiftedSite } from "../../../interpret/site.js";
import type { Arguments, Call, ClassValue, InstanceValue, NativeFunction, Value } from "../../../interpret/values.js";
import { NONE } from "../../../interpret/values.js";

/** A function that may be a method. */
export function native(name: string, call: NativeFunction["call"]): NativeFunction {
  return { kind: "native", name, call, bind: true };
}

/** A method of a class of ours. `rest` are the arguments without the receiver. */
export function method(name: string, call: (self: InstanceValue, rest: Arguments, call: Call) => Value): [string, NativeFunction] {
  const run: NativeFunction["call"] = (args, at) => {
    const { positional, named, incomplete } = args;
    const [self] = positional;
    if (self?.kind !== "instance") return NONE;
    return call(self, { positional: positional.slice(1), named, incomplete }, new ShiftedSite(at, -1));
  };
  return [name, native(name, run)];
}

/** A class of the library. */
export function classOf(name: string, bases: readonly ClassValue[], members: Iterable<readonly [string, Value]> = []): ClassValue {
  return { kind: "class", name, bases, place: undefined, members: new Map(members), incomplete: false };
}

/** Positional arguments alone. */
export function positional(...values: Value[]): Arguments {
  return { positional: values, named: new Map(), incomplete: false };
}

/** A member as classes inherit it: depth first, from left to right. */
export function inherited(cls: ClassValue, name: string): Value | undefined {
  const own = cls.members.get(name);
  if (own) return own;
  for (const base of cls.bases) {
    const found = inherited(base, name);
    if (found) return found;
  }
  return undefined;
}

/** Makes an instance of a class of ours, as a program would at this place. */
export function construct(cls: ClassValue, args: Arguments, call: Call): InstanceValue {
  const instance: InstanceValue = { kind: "instance", class: cls, fields: new Map(), place: call.place };
  const init = inherited(cls, "__init__");
  if (init?.kind === "native") init.call({ ...args, positional: [instance, ...args.positional] }, call);
  return instance;
}

/** Sets a field so that a branch that is only tried can be taken back. */
export function setField(instance: InstanceValue, name: string, value: Value, call: Call): void {
  call.interpreter.willChange(instance.fields);
  instance.fields.set(name, value);
}
